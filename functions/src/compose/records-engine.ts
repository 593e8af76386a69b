import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Config, recordsSetting } from '../config.ts';
import type { FirestoreConnection } from '../engines/firestore/connect-firestore.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import { AppError } from '../errors/app-error.ts';
import type { LoggedRecordStore } from '../ports/session-log.ts';
import { databaseRefusal, firestoreRefusal, folderRefusal } from '../start-refusal.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Parts that somebody else brings: a test its Firestore over memory. */
export interface OutsideParts {
  connectFirestore?: (projectId: string) => FirestoreConnection;
}

export interface OpenRecordsOptions extends OutsideParts {
  /** How long a database that does not answer is waited for. */
  databaseWaitMs?: number;
}

/** The records, and the name of the engine that keeps them. */
export interface OpenedRecords {
  store: LoggedRecordStore;
  recordsEngine: 'sqlite' | 'postgres' | 'firestore';
}

const retryMs = 2000;

const openFile = async ({ dataDir }: Config, logger: Logger): Promise<LoggedRecordStore> => {
  try {
    return await openSqliteStore({ file: join(dataDir, 'proofdesk.sqlite'), logger });
  } catch (error) {
    throw folderRefusal(dataDir, error);
  }
};

/** A vendor's library is loaded only when its engine is chosen (rule EN6). */
const openDatabase = async (url: string, logger: Logger, waitMs: number): Promise<LoggedRecordStore> => {
  const { openPostgresStore } = await import('../engines/postgres/postgres-store.ts');
  try {
    return await openPostgresStore({ url, logger, waitMs });
  } catch (error) {
    throw databaseRefusal(error);
  }
};

/** Waits for a service that is down (rule EN5); what is wrong with the project or its key ends the start. */
const untilItAnswers = async (store: LoggedRecordStore, waitMs: number): Promise<void> => {
  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    try {
      await store.get('settings', 'shop');
      return;
    } catch (error) {
      const isDown = error instanceof AppError && error.code === 'unavailable';
      if (!isDown || performance.now() >= giveUpAt) throw firestoreRefusal(error);
    }
    await pause(retryMs);
  }
};

const openFirestore = async (
  projectId: string,
  logger: Logger,
  { connectFirestore, databaseWaitMs = 0 }: OpenRecordsOptions,
): Promise<LoggedRecordStore> => {
  const { createFirestoreStore } = await import('../engines/firestore/firestore-store.ts');
  const connect =
    connectFirestore ?? (await import('../engines/firestore/connect-firestore.ts')).connectFirestore;
  const store = createFirestoreStore({ ...connect(projectId), logger });
  try {
    await untilItAnswers(store, databaseWaitMs);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** Opens the records where the configuration says that they are. */
export const openRecords = async (
  config: Config,
  logger: Logger,
  options: OpenRecordsOptions,
): Promise<OpenedRecords> => {
  const { databaseUrl = '', firebase } = config;
  switch (recordsSetting(config)) {
    case 'DATABASE_URL':
      return {
        store: await openDatabase(databaseUrl, logger, options.databaseWaitMs ?? 0),
        recordsEngine: 'postgres',
      };
    case 'FIREBASE_PROJECT_ID':
      return {
        store: await openFirestore(firebase?.projectId ?? '', logger, options),
        recordsEngine: 'firestore',
      };
    default:
      return { store: await openFile(config, logger), recordsEngine: 'sqlite' };
  }
};

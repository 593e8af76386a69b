import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Config, recordsSetting } from '../config.ts';
import { makePrivateFolder } from '../engines/disk/private-folder.ts';
import type { FirestoreConnection } from '../engines/firestore/connect-firestore.ts';
import { lastingFailure } from '../engines/firestore/failure.ts';
import { backupSqlite, restoreSqlite } from '../engines/sqlite/backup.ts';
import { makePrivateFile } from '../engines/sqlite/private-file.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { LoggedRecordStore } from '../ports/session-log.ts';
import { databaseRefusal, firestoreRefusal, folderRefusal, StartRefusal } from '../start-refusal.ts';
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

const recordsFile = ({ dataDir }: Config): string => join(dataDir, 'proofdesk.sqlite');

const openFile = async (config: Config, logger: Logger): Promise<LoggedRecordStore> => {
  const file = recordsFile(config);
  try {
    await makePrivateFile(file);
    return await openSqliteStore({ file, logger });
  } catch (error) {
    throw folderRefusal(config.dataDir, error);
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
      const lasting = lastingFailure(error);
      if (lasting !== undefined) throw firestoreRefusal(lasting.cause, lasting.advice);
      if (performance.now() >= giveUpAt) throw firestoreRefusal(error);
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

/** Copies of the records, made by this program where they are a file; a database has tools of its own. */
export const fileBackup = (config: Config) => {
  const setting = recordsSetting(config);
  if (setting !== 'DATA_DIR') {
    throw new StartRefusal(
      `The records are where ${setting} says: copy and restore them with the tools of that database, then run ` +
        'npx proofdesk data renew.',
    );
  }
  return {
    backup: (target: string) => backupSqlite(recordsFile(config), target),
    restore: async (backup: string, prepare: (store: LoggedRecordStore) => Promise<unknown>) => {
      await makePrivateFolder(config.dataDir);
      await restoreSqlite(backup, recordsFile(config), prepare);
    },
  };
};

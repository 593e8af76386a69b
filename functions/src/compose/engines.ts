import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { createLocalAccounts } from '../engines/local-accounts/local-accounts.ts';
import { loadSigningKey } from '../engines/local-accounts/signing-key.ts';
import { createLiveEvents } from '../engines/memory/live-events.ts';
import { createSignsOfLife } from '../engines/memory/signs-of-life.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { LocalAccounts } from '../ports/identity.ts';
import type { LiveEventSource, LiveEvents } from '../ports/live-events.ts';
import type { LoggedRecordStore } from '../ports/session-log.ts';
import type { SignsOfLife } from '../ports/signs-of-life.ts';
import { databaseRefusal, folderRefusal } from '../start-refusal.ts';
import type { Logger } from '../telemetry/logger.ts';
import { openSharedEngines, type SharedEngines } from './shared-engines.ts';
import { clock } from './system-time.ts';

/** The engines that the configuration chooses, opened. */
export interface Engines {
  store: LoggedRecordStore;
  /** Which engine keeps the records. */
  recordsEngine: 'sqlite' | 'postgres';
  shared: SharedEngines;
  live: LiveEvents & LiveEventSource;
  /** Who was heard of lately. */
  signs: SignsOfLife;
  accounts: LocalAccounts;
  /** The same accounts, for making those of the demo shop. */
  demoAccounts: LocalAccounts;
  close(): Promise<void>;
}

/** Makes the folder, which also holds the signing key when none is set. */
const openFolder = async ({ dataDir, authSigningKey }: Config): Promise<Uint8Array> => {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await loadSigningKey(dataDir, authSigningKey);
  } catch (error) {
    throw folderRefusal(dataDir, error);
  }
};

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

export interface OpenEnginesOptions {
  /** How long a database that does not answer is waited for. */
  databaseWaitMs?: number;
}

/** The password of demo accounts is public: a costly hash would only make the start slow. */
const demoPasswordCost = { N: 2 ** 10, r: 8, p: 1 };

export const openEngines = async (
  config: Config,
  logger: Logger,
  { databaseWaitMs = 0 }: OpenEnginesOptions = {},
): Promise<Engines> => {
  const { databaseUrl } = config;
  const signingKey = await openFolder(config);
  const store =
    databaseUrl === undefined
      ? await openFile(config, logger)
      : await openDatabase(databaseUrl, logger, databaseWaitMs);
  const accountOptions = { store, clock, signingKey, tokenTtlMs: config.tokenTtlMs };
  const shared = await openSharedEngines(config, logger);
  return {
    store,
    recordsEngine: databaseUrl === undefined ? 'sqlite' : 'postgres',
    shared,
    live: createLiveEvents(shared.relay),
    signs: createSignsOfLife({ clock, relay: shared.relay }),
    accounts: createLocalAccounts(accountOptions),
    demoAccounts: createLocalAccounts({ ...accountOptions, passwordCost: demoPasswordCost }),
    close: async () => {
      await shared.close();
      await store.close();
    },
  };
};

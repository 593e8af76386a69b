import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { createLocalAccounts } from '../engines/local-accounts/local-accounts.ts';
import { loadSigningKey } from '../engines/local-accounts/signing-key.ts';
import { createMemoryCache } from '../engines/memory/memory-cache.ts';
import { createMemoryLiveEvents } from '../engines/memory/memory-live-events.ts';
import { createMemoryRateLimits } from '../engines/memory/memory-rate-limits.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { Cache } from '../ports/cache.ts';
import type { LocalAccounts } from '../ports/identity.ts';
import type { LiveEventSource, LiveEvents } from '../ports/live-events.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { LoggedRecordStore } from '../ports/session-log.ts';
import { databaseRefusal, folderRefusal } from '../start-refusal.ts';
import type { Logger } from '../telemetry/logger.ts';
import { clock } from './system-time.ts';

/** The engines that the configuration chooses, opened. */
export interface Engines {
  store: LoggedRecordStore;
  /** Which engine keeps the records. */
  recordsEngine: 'sqlite' | 'postgres';
  cache: Cache;
  rateLimits: RateLimits;
  live: LiveEvents & LiveEventSource;
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
  const cache = createMemoryCache({ clock });
  const rateLimits = createMemoryRateLimits({ clock });
  return {
    store,
    recordsEngine: databaseUrl === undefined ? 'sqlite' : 'postgres',
    cache,
    rateLimits,
    live: createMemoryLiveEvents(),
    accounts: createLocalAccounts(accountOptions),
    demoAccounts: createLocalAccounts({ ...accountOptions, passwordCost: demoPasswordCost }),
    close: async () => {
      await Promise.all([cache.close(), rateLimits.close()]);
      await store.close();
    },
  };
};

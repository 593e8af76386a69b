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
import { folderRefusal } from '../start-refusal.ts';
import type { Logger } from '../telemetry/logger.ts';
import { clock } from './system-time.ts';

/** The engines that the configuration chooses, opened. */
export interface Engines {
  store: LoggedRecordStore;
  cache: Cache;
  rateLimits: RateLimits;
  live: LiveEvents & LiveEventSource;
  accounts: LocalAccounts;
  /** The same accounts, for making those of the demo shop. */
  demoAccounts: LocalAccounts;
  close(): Promise<void>;
}

const openFolder = async ({ dataDir, authSigningKey }: Config, logger: Logger) => {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const signingKey = await loadSigningKey(dataDir, authSigningKey);
    return { signingKey, store: await openSqliteStore({ file: join(dataDir, 'proofdesk.sqlite'), logger }) };
  } catch (error) {
    throw folderRefusal(dataDir, error);
  }
};

/** The password of demo accounts is public: a costly hash would only make the start slow. */
const demoPasswordCost = { N: 2 ** 10, r: 8, p: 1 };

export const openEngines = async (config: Config, logger: Logger): Promise<Engines> => {
  const { store, signingKey } = await openFolder(config, logger);
  const accountOptions = { store, clock, signingKey, tokenTtlMs: config.tokenTtlMs };
  const cache = createMemoryCache({ clock });
  const rateLimits = createMemoryRateLimits({ clock });
  return {
    store,
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

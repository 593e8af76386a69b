import { type Analytics, createAnalytics } from '../analytics/analytics-service.ts';
import type { ReadingLimits } from '../analytics/rollup-reader.ts';
import { rollupWriter } from '../analytics/rollup-writer.ts';
import { createMemoryCache } from '../engines/memory/memory-cache.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { Cache } from '../ports/cache.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { SupportSession } from '../ports/records.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { person } from './person.ts';

export const admin = person('admin', 'admin-1');
export const agent = person('agent', 'agent-1');

/** Analytics over real engines that live in memory. */
export interface House {
  store: RecordStore;
  cache: Cache;
  clock: ManualClock;
  analytics: Analytics;
}

export const openHouse = async (limits?: ReadingLimits): Promise<House> => {
  const clock = createManualClock();
  const store = await openSqliteStore({ file: ':memory:' });
  const cache = createMemoryCache({ clock });
  return {
    store,
    cache,
    clock,
    analytics: createAnalytics({ store, cache, clock, ...(limits && { limits }) }),
  };
};

/** Ends sessions, some with a rating. */
export const end = ({ store }: House, sessions: readonly SupportSession[]): Promise<void> =>
  store.write((writer) => {
    for (const session of sessions) rollupWriter.ending(writer, { session, decision: undefined });
  });

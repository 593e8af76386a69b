import type { Cache } from '../ports/cache.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { SessionAnalytics } from '../protocol/analytics.ts';

export interface LiveCountsOptions {
  store: RecordStore;
  cache: Cache;
  /** The scope of the cache in which they are kept. */
  scope: string;
}

/** Where counting stops: a shop with more sessions at once reads "at least". */
const maximumLiveCount = 1_000;

/** Counts of the whole shop are the same for every dashboard for this long, so that one reads for all. */
const liveTtlMs = 2_000;

interface Count {
  items: number;
  more: boolean;
}

const countSessions = async (store: RecordStore, status: 'queued' | 'active'): Promise<Count> => {
  const { items, nextCursor } = await store.list('supportSessions', {
    where: [{ field: 'status', operator: '==', value: status }],
    orderBy: 'startTime',
    direction: 'descending',
    limit: maximumLiveCount,
  });
  return { items: items.length, more: nextCursor !== undefined };
};

/** What an agent has open is kept with the agent, because nobody may get more than a capacity. */
const countOwn = async (store: RecordStore, agentId: string): Promise<Count> => {
  const agent = await store.get('agents', agentId);
  const open = Object.values(agent?.open ?? {}).reduce((sum, places) => sum + places, 0);
  return { items: Math.min(open, maximumLiveCount), more: open > maximumLiveCount };
};

/** What goes on now: everybody's queue, and the active sessions of the agent (of all when undefined). */
export const readLiveCounts = async (
  { store, cache, scope }: LiveCountsOptions,
  agentId: string | undefined,
): Promise<SessionAnalytics['live']> => {
  const shared = (status: 'queued' | 'active'): Promise<Count> =>
    cache.getOrCompute({ scope, key: `live|${status}`, ttlMs: liveTtlMs }, () =>
      countSessions(store, status),
    );
  const [queued, active] = await Promise.all([
    shared('queued'),
    agentId === undefined ? shared('active') : countOwn(store, agentId),
  ]);
  return { queued: queued.items, active: active.items, capped: queued.more || active.more };
};

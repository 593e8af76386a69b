import type { Condition, RecordReader } from '../ports/record-store.ts';
import type { SessionAnalytics } from '../protocol/analytics.ts';

/** Where counting stops: a shop with more sessions at once reads "at least". */
const maximumLiveCount = 1_000;

const count = async (
  reader: RecordReader,
  where: Condition<'supportSessions'>[],
): Promise<{ items: number; more: boolean }> => {
  const { items, nextCursor } = await reader.list('supportSessions', {
    where,
    orderBy: 'startTime',
    direction: 'descending',
    limit: maximumLiveCount,
  });
  return { items: items.length, more: nextCursor !== undefined };
};

/** What goes on now: everybody's queue, and the active sessions of the agent (of all when undefined). */
export const readLiveCounts = async (
  reader: RecordReader,
  agentId: string | undefined,
): Promise<SessionAnalytics['live']> => {
  const own: Condition<'supportSessions'>[] =
    agentId === undefined ? [] : [{ field: 'agentId', operator: '==', value: agentId }];
  const [queued, active] = await Promise.all([
    count(reader, [{ field: 'status', operator: '==', value: 'queued' }]),
    count(reader, [{ field: 'status', operator: '==', value: 'active' }, ...own]),
  ]);
  return { queued: queued.items, active: active.items, capped: queued.more || active.more };
};

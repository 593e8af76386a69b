import type { RecordReader } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';

const pageSize = 200;

/** All sessions that wait or are going on, those that have waited longest first. */
export const sessionsWithStatus = async (
  store: RecordReader,
  status: 'queued' | 'active',
): Promise<SupportSession[]> => {
  const sessions: SupportSession[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list('supportSessions', {
      where: [{ field: 'status', operator: '==', value: status }],
      orderBy: 'queuedAt',
      direction: 'ascending',
      limit: pageSize,
      cursor,
    });
    sessions.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return sessions;
};

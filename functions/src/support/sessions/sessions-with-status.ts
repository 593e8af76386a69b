import { everyRecord } from '../../ports/every-record.ts';
import type { RecordReader } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';

/** All sessions that wait or are going on, those that have waited longest first. */
export const sessionsWithStatus = (
  store: RecordReader,
  status: 'queued' | 'active',
): AsyncIterable<SupportSession> =>
  everyRecord(store, 'supportSessions', {
    where: [{ field: 'status', operator: '==', value: status }],
    orderBy: 'queuedAt',
    direction: 'ascending',
  });

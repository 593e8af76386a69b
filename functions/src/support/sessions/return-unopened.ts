import { isoTime } from '../../ports/clock.ts';
import { everyRecord } from '../../ports/every-record.ts';
import { fallBack } from './assignment.ts';
import type { TimedStore } from './session-context.ts';

/** An assignment that its agent has not opened for this long returns to the queue (rule RO6). */
export const openWithinMs = 120_000;

/** Puts every assignment that was not opened in time back into the queue. */
export const returnUnopened = async (context: TimedStore): Promise<void> => {
  const assignedBy = isoTime(context.clock.now() - openWithinMs);
  const overdue = everyRecord(context.store, 'supportSessions', {
    where: [{ field: 'unopenedSince', operator: '<=', value: assignedBy }],
    orderBy: 'unopenedSince',
    direction: 'ascending',
  });
  for await (const { id: sessionId, agentId } of overdue) {
    if (agentId !== undefined) await fallBack(context, { sessionId, agentId, reason: 'not opened in time' });
  }
};

import { isoTime } from '../../ports/clock.ts';
import { everyRecord } from '../../ports/every-record.ts';
import type { SignsOfLife } from '../../ports/signs-of-life.ts';
import { absentAfterMs } from '../agents/attendance.ts';
import { fallBack } from './assignment.ts';
import type { TimedStore } from './session-context.ts';

/** An assignment that its agent has not opened for this long returns to the queue (rule RO6). */
export const openWithinMs = 120_000;

/** Puts every assignment that was not opened in time back into the queue. */
export const returnUnopened = async (context: TimedStore, signs: SignsOfLife): Promise<void> => {
  const assignedBy = isoTime(context.clock.now() - openWithinMs);
  const overdue = everyRecord(context.store, 'supportSessions', {
    where: [{ field: 'unopenedSince', operator: '<=', value: assignedBy }],
    orderBy: 'unopenedSince',
    direction: 'ascending',
  });
  for await (const { id: sessionId, agentId } of overdue) {
    if (agentId === undefined) continue;
    const heard = (await signs.within([agentId], absentAfterMs)).has(agentId);
    await fallBack(context, { sessionId, agentId, reason: 'not opened in time', heard });
  }
};

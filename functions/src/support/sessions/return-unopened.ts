import type { SupportSession } from '../../ports/records.ts';
import { fallBack } from './assignment.ts';
import type { TimedStore } from './session-context.ts';
import { sessionsWithStatus } from './sessions-with-status.ts';

/** An assignment that its agent has not opened for this long returns to the queue (rule RO6). */
export const openWithinMs = 120_000;

const isOverdue = ({ openedAt, assignedAt }: SupportSession, now: number): boolean =>
  openedAt === undefined && assignedAt !== undefined && now - Date.parse(assignedAt) >= openWithinMs;

/** Puts every assignment that was not opened in time back into the queue. */
export const returnUnopened = async (context: TimedStore): Promise<void> => {
  for (const session of await sessionsWithStatus(context.store, 'active')) {
    const { id: sessionId, agentId } = session;
    if (agentId === undefined || !isOverdue(session, context.clock.now())) continue;
    await fallBack(context, { sessionId, agentId, reason: 'not opened in time' });
  }
};

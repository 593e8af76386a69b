import { AppError } from '../../errors/app-error.ts';
import { isoTime } from '../../ports/clock.ts';
import type { RecordReader, Transaction } from '../../ports/record-store.ts';
import type { SupportSession, Time } from '../../ports/records.ts';
import type { Resolution } from '../../protocol/enumerations.ts';
import { releaseAgent } from './assignment.ts';
import { ratingEntry, withRating } from './rate-session.ts';
import { type SessionContext, withListFields } from './session-context.ts';
import { appendToLog } from './session-log.ts';

/** How a session ends. */
export interface Ending {
  /** The user who did it, or `system`. */
  by: string;
  resolution: Resolution;
  /** What its customer, who ends it, thought of it. */
  satisfaction?: number | undefined;
  /** Where the end must stand in the log, when it was decided on all that stands before. */
  place?: number;
}

/** Somebody wrote while it was decided: nothing is done, and whoever decides looks again. */
export const writtenMeanwhile = (): AppError =>
  new AppError('conflict', 'Somebody has written to the session meanwhile.');

const completed = (
  session: SupportSession,
  { resolution, satisfaction }: Ending,
  now: number,
): SupportSession => {
  const seconds =
    session.assignedAt === undefined ? undefined : (now - Date.parse(session.assignedAt)) / 1000;
  return withListFields({
    ...session,
    status: 'completed',
    resolution,
    endedAt: isoTime(now),
    ...(seconds !== undefined && { duration: Math.max(0, seconds) }),
    ...(satisfaction !== undefined && { satisfaction }),
  });
};

/** Who speaks in a session without being staff. */
const nobodyOfStaff = (session: SupportSession): readonly string[] => [
  session.customerId,
  'assistant',
  'system',
];

/** Messages are gone through page by page; who has not answered within so many pages is not looked for further. */
const pageSize = 200;
const mostPages = 5;

/** When somebody of the staff first wrote something that the customer can read (rule AN2). */
const firstMessageAt = async (reader: RecordReader, session: SupportSession): Promise<Time | undefined> => {
  const others = nobodyOfStaff(session);
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, nextCursor } = await reader.list('sessionLog', {
      where: [{ field: 'conversation', operator: '==', value: session.id }],
      orderBy: 'seq',
      direction: 'ascending',
      limit: pageSize,
      cursor,
    });
    const first = items.find(
      ({ kind, visibility, authorId }) =>
        kind === 'message' && visibility === 'public' && !others.includes(authorId),
    );
    if (first !== undefined || nextCursor === undefined) return first?.at;
    cursor = nextCursor;
  }
  return undefined;
};

/**
 * Ends it, frees the agent, and lets the outcome and the roll-up be written in the same transaction (rule RE5).
 * AppError `conflict` when the end would stand elsewhere than at `place`.
 */
export const completeSession = async (
  { clock, subscribers }: SessionContext,
  transaction: Transaction,
  session: SupportSession,
  ending: Ending,
): Promise<SupportSession> => {
  const { by, resolution, satisfaction, place } = ending;
  const decision = await transaction.get('routingDecisions', session.decisionId);
  const answeredAt = await firstMessageAt(transaction, session);
  const now = clock.now();
  const agent = await releaseAgent(transaction, session, now);
  if (agent && satisfaction !== undefined) transaction.put('agents', withRating(agent, satisfaction));
  const ended = completed(session, ending, now);
  transaction.put('supportSessions', ended);
  const seq = await appendToLog(transaction, session.id, now, [
    { kind: 'ended', authorId: by, visibility: 'public', data: { resolution } },
    ...(satisfaction === undefined ? [] : [ratingEntry({ by, satisfaction })]),
  ]);
  if (place !== undefined && seq !== place) throw writtenMeanwhile();
  const event = { session: ended, decision, firstMessageAt: answeredAt };
  for (const subscriber of subscribers) subscriber.ending?.(transaction, event);
  return ended;
};

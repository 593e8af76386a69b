import { AppError } from '../../errors/app-error.ts';
import type { Transaction } from '../../ports/record-store.ts';
import type { Agent, NewLogEntry, SupportSession } from '../../ports/records.ts';
import type { SessionContext } from './session-context.ts';
import { appendToLog } from './session-log.ts';

/** What a customer thought of a session. */
export interface Rating {
  by: string;
  /** 1 (bad) to 5 (good). */
  satisfaction: number;
}

/** The agent, credited with one more rating. */
export const withRating = (agent: Agent, satisfaction: number): Agent => ({
  ...agent,
  ratingSum: agent.ratingSum + satisfaction,
  ratingCount: agent.ratingCount + 1,
});

export const ratingEntry = ({ by, satisfaction }: Rating): NewLogEntry => ({
  kind: 'rated',
  authorId: by,
  visibility: 'public',
  data: { satisfaction },
});

/** Refuses a rating of what has not ended, and a second one. */
export const ensureRatable = ({ status, satisfaction }: SupportSession): void => {
  if (status !== 'completed') {
    throw new AppError('session_not_ended', 'A session is rated after it has ended: end it first.');
  }
  if (satisfaction !== undefined) {
    throw new AppError('already_rated', 'A session is rated once; the first rating stands.');
  }
};

/** Rates a session that has ended (rule RE5). */
export const rateSession = async (
  { clock, subscribers }: SessionContext,
  transaction: Transaction,
  session: SupportSession,
  rating: Rating,
): Promise<SupportSession> => {
  const { satisfaction } = rating;
  const decision = await transaction.get('routingDecisions', session.decisionId);
  const agent = session.agentId === undefined ? undefined : await transaction.get('agents', session.agentId);
  const rated = { ...session, satisfaction };
  transaction.put('supportSessions', rated);
  if (agent) transaction.put('agents', withRating(agent, satisfaction));
  await appendToLog(transaction, session.id, clock.now(), [ratingEntry(rating)]);
  for (const subscriber of subscribers)
    subscriber.rated?.(transaction, { session: rated, satisfaction, decision });
  return rated;
};

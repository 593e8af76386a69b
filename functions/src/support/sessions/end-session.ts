import { ensureIsCustomerOf, ensureMayHandle, ensureParticipant } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { SupportSession } from '../../ports/records.ts';
import type { Resolution } from '../../protocol/enumerations.ts';
import type { UpdateSession } from '../../protocol/sessions.ts';
import { completeSession } from './complete-session.ts';
import { ensureNotCompleted, readSession, type SessionContext } from './session-context.ts';
import { appendToLog } from './session-log.ts';

/** A session that ends while it waits was left; any other end is resolved unless staff say otherwise. */
const resolutionOf = (session: SupportSession, wanted: Resolution | undefined): Resolution =>
  wanted ?? (session.status === 'queued' ? 'abandoned' : 'resolved');

const ensureRatable = ({ status, satisfaction }: SupportSession): void => {
  if (status !== 'completed') {
    throw new AppError('session_not_ended', 'A session is rated after it has ended: end it first.');
  }
  if (satisfaction !== undefined) {
    throw new AppError('already_rated', 'A session is rated once; the first rating stands.');
  }
};

/** Ends, tags and rates sessions (rule RE5). */
export const createSessionEnder = (context: SessionContext) => {
  const { store, clock, subscribers } = context;

  /** Ends it, frees the agent, and lets the outcome and the roll-up be written in the same transaction. */
  const end = (user: Identity, id: string, wanted: Resolution | undefined): Promise<SupportSession> =>
    store.transaction(async (transaction) => {
      const session = await readSession(transaction, id);
      ensureParticipant(user, session);
      ensureNotCompleted(session);
      const ending = { by: user.uid, resolution: resolutionOf(session, wanted) };
      return completeSession(context, transaction, session, ending);
    });

  const rate = (user: Identity, id: string, satisfaction: number): Promise<SupportSession> =>
    store.transaction(async (transaction) => {
      const session = await readSession(transaction, id);
      ensureIsCustomerOf(user, session);
      ensureRatable(session);
      const decision = await transaction.get('routingDecisions', session.decisionId);
      const agent =
        session.agentId === undefined ? undefined : await transaction.get('agents', session.agentId);
      const rated = { ...session, satisfaction };
      transaction.put('supportSessions', rated);
      if (agent) {
        const { ratingSum, ratingCount } = agent;
        const ratings = { ratingSum: ratingSum + satisfaction, ratingCount: ratingCount + 1 };
        transaction.put('agents', { ...agent, ...ratings });
      }
      await appendToLog(transaction, id, clock.now(), [
        { kind: 'rated', authorId: user.uid, visibility: 'public', data: { satisfaction } },
      ]);
      for (const subscriber of subscribers)
        subscriber.rated?.(transaction, { session: rated, satisfaction, decision });
      return rated;
    });

  const tag = (user: Identity, id: string, tags: readonly string[]): Promise<SupportSession> =>
    store.transaction(async (transaction) => {
      const session = await readSession(transaction, id);
      ensureMayHandle(user, session);
      const tagged = { ...session, tags: [...new Set(tags)] };
      transaction.put('supportSessions', tagged);
      return tagged;
    });

  const read = async (id: string): Promise<SupportSession> => {
    const session = await store.get('supportSessions', id);
    if (!session) throw new AppError('not_found', 'There is no session with this id.');
    return session;
  };

  /** Checks every part of a change before any of it is done, so that a refused part leaves all undone. */
  const ensureAllowed = (user: Identity, session: SupportSession, change: UpdateSession): void => {
    if (change.status !== undefined) ensureParticipant(user, session);
    if (change.satisfaction !== undefined) ensureIsCustomerOf(user, session);
    if (change.tags !== undefined) ensureMayHandle(user, session);
    if (change.resolution !== undefined && user.role === 'customer') {
      throw new AppError('forbidden', 'The customer ends a session; how it was resolved is said by staff.');
    }
    if (change.status !== undefined) ensureNotCompleted(session);
    if (change.satisfaction !== undefined && change.status === undefined) ensureRatable(session);
  };

  return async (user: Identity, id: string, change: UpdateSession): Promise<SupportSession> => {
    let session = await read(id);
    ensureAllowed(user, session, change);
    if (change.tags !== undefined) session = await tag(user, id, change.tags);
    if (change.status !== undefined) session = await end(user, id, change.resolution);
    if (change.satisfaction !== undefined) session = await rate(user, id, change.satisfaction);
    await context.cache.invalidate(['analytics']);
    if (change.status !== undefined) context.queueMayMove();
    return session;
  };
};

import { AppError } from '../../errors/app-error.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore, Transaction } from '../../ports/record-store.ts';
import type { SupportSession, Time } from '../../ports/records.ts';
import type { SessionSubscriber } from '../../ports/session-events.ts';

/** Where sessions are kept, and what time it is. */
export interface TimedStore {
  store: RecordStore;
  clock: Clock;
}

/** What the parts of the session service share. */
export interface SessionContext extends TimedStore {
  cache: Cache;
  /** Who writes along when a session ends or is rated. */
  subscribers: readonly SessionSubscriber[];
  /** Called after a commit that may let the queue move. */
  queueMayMove(): void;
}

/** Audience mark of a queued session: every agent may see it. */
export const queueAudience = 'queue';

/** Who may see a session in lists. */
export const audienceOf = ({ customerId, agentId, status }: SupportSession): string[] => [
  customerId,
  ...(agentId === undefined ? [] : [agentId]),
  ...(status === 'queued' ? [queueAudience] : []),
];

/** Since when an agent could have looked at it and has not. */
const unopenedSince = ({ status, agentId, openedAt, assignedAt }: SupportSession): Time | undefined =>
  status === 'active' && agentId !== undefined && openedAt === undefined ? assignedAt : undefined;

/** The session with everything by which lists find it made right again. */
export const withListFields = ({ unopenedSince: _, ...session }: SupportSession): SupportSession => {
  const since = unopenedSince(session);
  return { ...session, audience: audienceOf(session), ...(since !== undefined && { unopenedSince: since }) };
};

/** Reads a session inside a transaction; AppError `not_found` when there is none. */
export const readSession = async (transaction: Transaction, id: string): Promise<SupportSession> => {
  const session = await transaction.get('supportSessions', id);
  if (!session) throw new AppError('not_found', 'There is no session with this id.');
  return session;
};

/** Refuses what a completed session no longer allows (rule RE5). */
export const ensureNotCompleted = ({ status }: SupportSession): void => {
  if (status === 'completed') {
    throw new AppError('session_closed', 'The session is completed: open a new one that follows it up.');
  }
};

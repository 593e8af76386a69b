import { AppError } from '../errors/app-error.ts';
import type { Identity } from '../ports/identity.ts';
import type { SupportSession } from '../ports/records.ts';

/** Whose session it is and who serves it: all that ownership is decided by. */
type Owned = Pick<SupportSession, 'customerId' | 'agentId'>;

/** Who somebody is, as far as that decides. */
type Who = Pick<Identity, 'uid' | 'role'>;

const isCustomerOf = (user: Who, session: Owned): boolean =>
  user.role === 'customer' && session.customerId === user.uid;

const isAgentOf = (user: Who, session: Owned): boolean =>
  user.role === 'agent' && session.agentId === user.uid;

/** The refusal that fits the reader: a customer learns nothing of records of others, everybody else is told why. */
const refuse = (user: Identity, session: Owned): never => {
  throw user.role === 'customer' && !isCustomerOf(user, session)
    ? new AppError('not_found', 'There is no session with this id.')
    : new AppError('forbidden', 'Only the assigned agent or an administrator may do this.');
};

/** Participant: the session's customer, its assigned agent, or any administrator. */
export const isParticipant = (user: Who, session: Owned): boolean =>
  user.role === 'admin' || isCustomerOf(user, session) || isAgentOf(user, session);

/**
 * Lets participants read a session; agents also read queued ones, and completed ones of a customer they serve now
 * (`servesCustomer`, asked only when nothing else lets them in).
 */
export const ensureMayRead = async (
  user: Identity,
  session: SupportSession,
  servesCustomer: () => Promise<boolean>,
): Promise<void> => {
  if (isParticipant(user, session)) return;
  if (user.role === 'agent') {
    if (session.status === 'queued') return;
    if (session.status === 'completed' && (await servesCustomer())) return;
  }
  refuse(user, session);
};

/** Lets the assigned agent and administrators work on a session. */
export const ensureMayHandle = (user: Identity, session: Owned): void => {
  if (user.role !== 'admin' && !isAgentOf(user, session)) refuse(user, session);
};

/** Lets those who handle a session, and its customer, be in its room and end it. */
export const ensureParticipant = (user: Identity, session: Owned): void => {
  if (!isParticipant(user, session)) refuse(user, session);
};

/** Lets only the session's own customer speak for the customer. */
export const ensureIsCustomerOf = (user: Identity, session: Owned): void => {
  if (isCustomerOf(user, session)) return;
  if (isParticipant(user, session)) {
    throw new AppError('forbidden', 'Only the customer of this session may do this.');
  }
  refuse(user, session);
};

/** Lets a user change what is their own, and administrators change everybody's. */
export const ensureOwnOrAdmin = (user: Identity, ownerId: string): void => {
  if (user.role === 'admin' || user.uid === ownerId) return;
  throw new AppError('forbidden', 'Only the owner or an administrator may do this.');
};

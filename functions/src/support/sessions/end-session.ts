import { ensureIsCustomerOf, ensureMayHandle, ensureParticipant } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { SupportSession } from '../../ports/records.ts';
import type { Resolution } from '../../protocol/enumerations.ts';
import type { UpdateSession } from '../../protocol/sessions.ts';
import { completeSession } from './complete-session.ts';
import { ensureRatable, rateSession } from './rate-session.ts';
import { ensureNotCompleted, readSession, type SessionContext } from './session-context.ts';

/** A session that ends while it waits was left; any other end is resolved unless staff say otherwise. */
const resolutionOf = (session: SupportSession, wanted: Resolution | undefined): Resolution =>
  wanted ?? (session.status === 'queued' ? 'abandoned' : 'resolved');

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

/** Ends, tags and rates sessions (rule RE5): all that a change names together, or nothing of it. */
export const createSessionEnder =
  (context: SessionContext) =>
  async (user: Identity, id: string, change: UpdateSession): Promise<SupportSession> => {
    const { satisfaction, status } = change;
    const changed = await context.store.transaction(async (transaction) => {
      const found = await readSession(transaction, id);
      ensureAllowed(user, found, change);
      const session = change.tags === undefined ? found : { ...found, tags: [...new Set(change.tags)] };
      if (status !== undefined) {
        const ending = { by: user.uid, resolution: resolutionOf(session, change.resolution), satisfaction };
        return completeSession(context, transaction, session, ending);
      }
      if (satisfaction !== undefined) {
        return rateSession(context, transaction, session, { by: user.uid, satisfaction });
      }
      transaction.put('supportSessions', session);
      return session;
    });
    await context.cache.invalidate(['analytics']);
    if (status !== undefined) context.queueMayMove();
    return changed;
  };

import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RoutingDecision, ShopSettings, Skill, SupportSession } from '../../ports/records.ts';
import type { Channel, Urgency } from '../../protocol/enumerations.ts';
import type { OpenSession } from '../../protocol/sessions.ts';
import { neededSkills, type SkillNeed } from '../matching/needed-skills.ts';
import { firstEntries, newSession } from './new-session.ts';
import type { SessionContext } from './session-context.ts';
import { appendToLog } from './session-log.ts';

export interface OpenSessionOptions {
  context: SessionContext;
  shop: { settings(): Promise<ShopSettings>; skills(): Promise<Skill[]> };
  /** Understands the issue, recommends a channel and stores the decision. */
  decide(request: { userId: string; issue: string; urgency?: Urgency }): Promise<RoutingDecision>;
}

const invalid = (path: string, message: string): AppError =>
  new AppError('validation_failed', message, { errors: [{ path, message }] });

const customerOf = (user: Identity, request: OpenSession): string => {
  if (user.role === 'customer') {
    if (request.customerId === undefined || request.customerId === user.uid) return user.uid;
    throw new AppError('forbidden', 'Customers open sessions for themselves only: leave customerId out.');
  }
  if (request.customerId !== undefined) return request.customerId;
  throw invalid('customerId', 'Name the customer this session is opened for.');
};

const ensureOffered = (channel: Channel, { channels }: ShopSettings): Channel => {
  if (channels.includes(channel)) return channel;
  throw invalid('type', `The shop does not offer ${channel}: choose one of ${channels.join(', ')}.`);
};

/** Opens support sessions: understood, recommended, queued and ready to be matched (rule RE5). */
export const createSessionOpener = ({ context, shop, decide }: OpenSessionOptions) => {
  const { store, clock } = context;

  const ensureCustomer = async (customerId: string, user: Identity): Promise<void> => {
    if (user.role === 'customer') return;
    const customer = await store.get('users', customerId);
    if (customer?.role !== 'customer') throw invalid('customerId', 'There is no customer with this id.');
  };

  const ensureFollowsUp = async (
    previousSessionId: string | undefined,
    customerId: string,
  ): Promise<void> => {
    if (previousSessionId === undefined) return;
    const previous = await store.get('supportSessions', previousSessionId);
    if (previous?.customerId !== customerId || previous.status !== 'completed') {
      throw invalid('previousSessionId', 'Name a completed session of the same customer.');
    }
  };

  const decisionFor = async (request: OpenSession, customerId: string): Promise<RoutingDecision> => {
    const { decisionId, issue, urgency } = request;
    if (decisionId === undefined) {
      return decide({ userId: customerId, issue, ...(urgency !== undefined && { urgency }) });
    }
    const decision = await store.get('routingDecisions', decisionId);
    if (decision?.userId !== customerId || decision.issue !== issue || decision.sessionId !== undefined) {
      throw invalid(
        'decisionId',
        'Name an unused recommendation that was made for this customer and this issue.',
      );
    }
    return decision;
  };

  const build = async (request: OpenSession, customerId: string, decision: RoutingDecision) => {
    const [settings, skills] = await Promise.all([shop.settings(), shop.skills()]);
    const type = ensureOffered(request.type ?? decision.recommendedRoute, settings);
    const needs = neededSkills(request.issue, decision.category, skills);
    return { needs, session: newSession({ request, customerId, type, decision, needs, now: clock.now() }) };
  };

  const save = (
    session: SupportSession,
    decision: RoutingDecision,
    needs: readonly SkillNeed[],
  ): Promise<void> =>
    store.transaction(async (transaction) => {
      const current = await transaction.get('routingDecisions', decision.id);
      if (current?.sessionId !== undefined) {
        throw invalid('decisionId', 'This recommendation has led to a session already.');
      }
      transaction.put('routingDecisions', {
        ...(current ?? decision),
        sessionId: session.id,
        chosenChannel: session.type,
      });
      transaction.create('supportSessions', session);
      await appendToLog(transaction, session.id, clock.now(), firstEntries(session, needs));
    });

  return async (user: Identity, request: OpenSession): Promise<SupportSession> => {
    const customerId = customerOf(user, request);
    await ensureCustomer(customerId, user);
    await ensureFollowsUp(request.previousSessionId, customerId);
    const decision = await decisionFor(request, customerId);
    const { session, needs } = await build(request, customerId, decision);
    await save(session, decision, needs);
    context.queueMayMove();
    return session;
  };
};

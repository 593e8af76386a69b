import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import { isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RoutingDecision, ShopSettings, Skill, SupportSession } from '../../ports/records.ts';
import type { Channel, Urgency } from '../../protocol/enumerations.ts';
import type { OpenSession } from '../../protocol/sessions.ts';
import { neededSkills, type SkillNeed } from '../matching/needed-skills.ts';
import { type SessionContext, withAudience } from './session-context.ts';
import { appendToLog, type NewLogEntry } from './session-log.ts';
import { searchTermsOf } from './session-search.ts';

export interface OpenSessionOptions {
  context: SessionContext;
  shop: { settings(): Promise<ShopSettings>; skills(): Promise<Skill[]> };
  /** Understands the issue, recommends a channel and stores the decision. */
  decide(request: { userId: string; issue: string; urgency?: Urgency }): Promise<RoutingDecision>;
}

const longestSubject = 80;

/** The first line of an issue, cut between characters when it is too long for a list. */
export const subjectOf = (issue: string): string => {
  const line = [...(issue.trim().split(/\r?\n/, 1)[0]?.trim() ?? '')];
  if (line.length <= longestSubject) return line.join('');
  return `${line
    .slice(0, longestSubject - 1)
    .join('')
    .trimEnd()}…`;
};

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

  const build = async (
    request: OpenSession,
    customerId: string,
    decision: RoutingDecision,
  ): Promise<{ session: SupportSession; needs: SkillNeed[] }> => {
    const { issue, orderRef, preferredAgentId, previousSessionId } = request;
    const [settings, skills] = await Promise.all([shop.settings(), shop.skills()]);
    const type = ensureOffered(request.type ?? decision.recommendedRoute, settings);
    const needs = neededSkills(issue, decision.category, skills);
    const at = isoTime(clock.now());
    const { analysis } = decision;
    // The assistant takes its sessions at once; every other channel waits for a person.
    const answeredByAssistant = type === 'ai-chatbot';
    const session: SupportSession = {
      id: newId(),
      customerId,
      type,
      status: answeredByAssistant ? 'active' : 'queued',
      startTime: at,
      issue,
      subject: subjectOf(issue),
      ...(orderRef !== undefined && { orderRef }),
      tags: [],
      category: decision.category,
      urgency: request.urgency ?? decision.urgency,
      sentiment: analysis.sentiment,
      emotion: analysis.emotion,
      complexity: analysis.complexity,
      language: analysis.language,
      visual: analysis.visual,
      decisionId: decision.id,
      queuedAt: at,
      ...(answeredByAssistant && { assignedAt: at, openedAt: at }),
      ...(previousSessionId !== undefined && { previousSessionId }),
      epoch: newId(),
      requiredSkills: needs.filter(({ required }) => required).map(({ skill }) => skill),
      neededSkills: needs.map(({ skill }) => skill),
      ...(preferredAgentId !== undefined && { preferredAgentId }),
      declinedBy: [],
      handovers: 0,
      audience: [],
      searchTerms: searchTermsOf(orderRef, issue),
    };
    return { session: withAudience(session), needs };
  };

  const firstEntries = (session: SupportSession, needs: readonly SkillNeed[]): NewLogEntry[] => {
    const { customerId, issue, status, type } = session;
    const message = {
      kind: 'message',
      authorId: customerId,
      visibility: 'public',
      data: { body: issue },
    } as const;
    if (status !== 'queued') return [message];
    return [
      message,
      { kind: 'queued', authorId: 'system', visibility: 'staff', data: { channel: type, needs } },
    ];
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

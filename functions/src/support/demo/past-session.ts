import { v7 as newId } from 'uuid';
import { isoTime } from '../../ports/clock.ts';
import { placeEntry } from '../../ports/log-entry.ts';
import type { RecordWriter, Transaction } from '../../ports/record-store.ts';
import type { RoutingDecision, SessionLogEntry, SupportSession } from '../../ports/records.ts';
import type { SessionSubscriber } from '../../ports/session-events.ts';
import type { Channel, Resolution } from '../../protocol/enumerations.ts';
import { withAudience } from '../sessions/session-context.ts';
import { searchTermsOf } from '../sessions/session-search.ts';

/** How one demo session went. */
export interface PastSession {
  id?: string;
  customerId: string;
  agentId: string | undefined;
  channel: Channel;
  decision: RoutingDecision;
  startedAt: number;
  waitMs: number;
  /** Absent while it still goes on. */
  ending?: {
    resolution: Resolution;
    durationMs: number;
    satisfaction: number | undefined;
    handovers: number;
  };
}

const unassigned = ({ agentId, ending }: PastSession): boolean =>
  agentId === undefined && ending?.resolution === 'abandoned';

const assignedFields = (past: PastSession): Partial<SupportSession> => {
  if (unassigned(past)) return {};
  const assignedAt = past.startedAt + past.waitMs;
  return {
    ...(past.agentId !== undefined && { agentId: past.agentId }),
    assignedAt: isoTime(assignedAt),
    openedAt: isoTime(assignedAt + past.waitMs / 4),
  };
};

const endedFields = (past: PastSession): Partial<SupportSession> => {
  const { ending } = past;
  if (!ending) return {};
  return {
    status: 'completed',
    resolution: ending.resolution,
    endedAt: isoTime(past.startedAt + past.waitMs + ending.durationMs),
    handovers: ending.handovers,
    ...(!unassigned(past) && { duration: ending.durationMs / 1000 }),
  };
};

const sessionOf = (past: PastSession): SupportSession => {
  const { decision, customerId, startedAt } = past;
  const { analysis, issue } = decision;
  const at = isoTime(startedAt);
  return withAudience({
    id: past.id ?? newId({ msecs: startedAt }),
    customerId,
    type: past.channel,
    status: 'active',
    startTime: at,
    issue,
    subject: issue.slice(0, 80),
    tags: [],
    category: decision.category,
    urgency: decision.urgency,
    sentiment: analysis.sentiment,
    emotion: analysis.emotion,
    complexity: analysis.complexity,
    language: analysis.language,
    visual: analysis.visual,
    decisionId: decision.id,
    queuedAt: at,
    epoch: newId({ msecs: startedAt }),
    requiredSkills: [],
    neededSkills: [],
    declinedBy: [],
    handovers: 0,
    audience: [],
    searchTerms: searchTermsOf(issue),
    ...assignedFields(past),
    ...endedFields(past),
  });
};

type Happening = Pick<SessionLogEntry, 'kind' | 'authorId' | 'data' | 'at'>;

const happenings = (session: SupportSession): Happening[] => [
  { kind: 'message', authorId: session.customerId, data: { body: session.issue }, at: session.startTime },
  ...(session.agentId !== undefined && session.assignedAt !== undefined
    ? [
        {
          kind: 'assigned' as const,
          authorId: 'system',
          data: { agentId: session.agentId },
          at: session.assignedAt,
        },
      ]
    : []),
  ...(session.endedAt !== undefined
    ? [
        {
          kind: 'ended' as const,
          authorId: session.agentId ?? session.customerId,
          data: { resolution: session.resolution },
          at: session.endedAt,
        },
      ]
    : []),
];

/** Writes a demo session with its log, and lets roll-up and outcome be written as for a real one. */
export const writePastSession = (
  writer: RecordWriter,
  past: PastSession,
  subscribers: readonly SessionSubscriber[],
): SupportSession => {
  const session = sessionOf(past);
  const decision = { ...past.decision, sessionId: session.id, chosenChannel: session.type };
  writer.put('supportSessions', session);
  writer.put('routingDecisions', decision);
  happenings(session).forEach((entry, index) => {
    const { at, ...said } = entry;
    writer.put('sessionLog', placeEntry(session.id, index + 1, at, { ...said, visibility: 'public' }));
  });
  if (past.ending === undefined) return session;
  for (const subscriber of subscribers) subscriber.ending?.(writer, { session, decision });
  return session;
};

/** Rates a demo session that has ended, in a transaction of its own as a customer would. */
export const ratePastSession = async (
  transaction: Transaction,
  ended: SupportSession,
  satisfaction: number,
  subscribers: readonly SessionSubscriber[],
): Promise<void> => {
  const decision = await transaction.get('routingDecisions', ended.decisionId);
  const session = { ...ended, satisfaction };
  transaction.put('supportSessions', session);
  for (const subscriber of subscribers) subscriber.rated?.(transaction, { session, satisfaction, decision });
};

import { v7 as newId } from 'uuid';
import { isoTime } from '../../ports/clock.ts';
import { placeEntry } from '../../ports/log-entry.ts';
import type { RecordWriter } from '../../ports/record-store.ts';
import type { RoutingDecision, SessionLogEntry, SupportSession } from '../../ports/records.ts';
import type { Channel, Resolution } from '../../protocol/enumerations.ts';
import { neededSkills } from '../matching/needed-skills.ts';
import { subjectOf } from '../sessions/new-session.ts';
import { withListFields } from '../sessions/session-context.ts';
import { searchTermsOf } from '../sessions/session-search.ts';
import { defaultSkills } from '../shop/default-skills.ts';
import { demoAccounts } from './demo-people.ts';
import type { EarlierTimes } from './earlier-times.ts';

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
    ...(ending.satisfaction !== undefined && { satisfaction: ending.satisfaction }),
  };
};

const sessionOf = (past: PastSession): SupportSession => {
  const { decision, customerId, startedAt } = past;
  const { analysis, issue } = decision;
  const at = isoTime(startedAt);
  const needs = neededSkills(issue, decision.category, defaultSkills);
  return withListFields({
    id: past.id ?? newId({ msecs: startedAt }),
    customerId,
    type: past.channel,
    status: 'active',
    startTime: at,
    issue,
    subject: subjectOf(issue),
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
    requiredSkills: needs.filter(({ required }) => required).map(({ skill }) => skill),
    neededSkills: needs.map(({ skill }) => skill),
    declinedBy: [],
    handovers: 0,
    audience: [],
    searchTerms: searchTermsOf(issue),
    ...assignedFields(past),
    ...endedFields(past),
  });
};

type Happening = Pick<SessionLogEntry, 'kind' | 'authorId' | 'data' | 'at'>;

const ratedAfterMs = 60_000;

const happenings = (session: SupportSession): Happening[] => {
  const { customerId, agentId, issue, startTime, assignedAt, endedAt, resolution, satisfaction } = session;
  const told: Happening[] = [{ kind: 'message', authorId: customerId, data: { body: issue }, at: startTime }];
  if (agentId !== undefined && assignedAt !== undefined) {
    const agentName = demoAccounts.find(({ uid }) => uid === agentId)?.name ?? agentId;
    told.push({ kind: 'assigned', authorId: 'system', data: { agentId, agentName }, at: assignedAt });
  }
  if (endedAt === undefined) return told;
  told.push({ kind: 'ended', authorId: agentId ?? customerId, data: { resolution }, at: endedAt });
  if (satisfaction !== undefined) {
    const at = isoTime(Date.parse(endedAt) + ratedAfterMs);
    told.push({ kind: 'rated', authorId: customerId, data: { satisfaction }, at });
  }
  return told;
};

const writeLog = (writer: RecordWriter, session: SupportSession): void => {
  happenings(session).forEach(({ at, ...said }, index) => {
    writer.put('sessionLog', placeEntry(session.id, index + 1, at, { ...said, visibility: 'public' }));
  });
};

/** Writes a demo session with its log, and lets roll-up and outcome be written as for a real one. */
export const writePastSession = (
  writer: RecordWriter,
  past: PastSession,
  { travelTo, subscribers }: Pick<EarlierTimes, 'travelTo' | 'subscribers'>,
): void => {
  const session = sessionOf(past);
  const decision = { ...past.decision, sessionId: session.id, chosenChannel: session.type };
  writer.put('supportSessions', session);
  writer.put('routingDecisions', decision);
  writeLog(writer, session);
  if (session.endedAt === undefined) return;
  travelTo(Date.parse(session.endedAt));
  for (const { ending } of subscribers) ending?.(writer, { session, decision });
};

import { newId } from '../../ids/new-id.ts';
import { isoTime } from '../../ports/clock.ts';
import type { RoutingDecision, SupportSession } from '../../ports/records.ts';
import type { Channel } from '../../protocol/enumerations.ts';
import type { OpenSession } from '../../protocol/sessions.ts';
import type { SkillNeed } from '../matching/needed-skills.ts';
import { withListFields } from './session-context.ts';
import type { NewLogEntry } from './session-log.ts';
import { searchTermsOf } from './session-search.ts';

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

export interface NewSession {
  request: OpenSession;
  customerId: string;
  type: Channel;
  decision: RoutingDecision;
  needs: readonly SkillNeed[];
  now: number;
}

const whatWasUnderstood = ({ analysis, category, id }: RoutingDecision) => ({
  decisionId: id,
  category,
  sentiment: analysis.sentiment,
  emotion: analysis.emotion,
  complexity: analysis.complexity,
  language: analysis.language,
  visual: analysis.visual,
});

const whatWasAsked = ({ orderRef, previousSessionId, preferredAgentId }: OpenSession) => ({
  ...(orderRef !== undefined && { orderRef }),
  ...(previousSessionId !== undefined && { previousSessionId }),
  ...(preferredAgentId !== undefined && { preferredAgentId }),
});

/** A session as it begins: the assistant takes its own at once, on every other channel it waits for a person. */
export const newSession = ({
  request,
  customerId,
  type,
  decision,
  needs,
  now,
}: NewSession): SupportSession => {
  const at = isoTime(now);
  const { issue, orderRef } = request;
  return withListFields({
    id: newId(),
    customerId,
    type,
    ...(type === 'ai-chatbot' ? { status: 'active', assignedAt: at, openedAt: at } : { status: 'queued' }),
    startTime: at,
    queuedAt: at,
    epoch: newId(),
    issue,
    subject: subjectOf(issue),
    searchTerms: searchTermsOf(orderRef, issue),
    ...whatWasUnderstood(decision),
    ...whatWasAsked(request),
    urgency: request.urgency ?? decision.urgency,
    requiredSkills: needs.filter(({ required }) => required).map(({ skill }) => skill),
    neededSkills: needs.map(({ skill }) => skill),
    tags: [],
    declinedBy: [],
    handovers: 0,
    audience: [],
  });
};

/** How a session's log begins: what the customer wrote, and for staff which skills it calls for and why. */
export const firstEntries = (session: SupportSession, needs: readonly SkillNeed[]): NewLogEntry[] => {
  const { customerId, issue, status, type } = session;
  const message: NewLogEntry = {
    kind: 'message',
    authorId: customerId,
    visibility: 'public',
    data: { body: issue },
  };
  if (status !== 'queued') return [message];
  const data = { channel: type, needs };
  return [message, { kind: 'queued', authorId: 'system', visibility: 'staff', data }];
};

import { newId } from '../../ids/new-id.ts';
import { isoTime } from '../../ports/clock.ts';
import type { LiveEvents } from '../../ports/live-events.ts';
import { operationKey } from '../../ports/log-entry.ts';
import type { NewLogEntry, SupportSession } from '../../ports/records.ts';
import { type Channel, type HandoverReason, type Urgency, urgencies } from '../../protocol/enumerations.ts';
import type { SuggestionSource } from '../../protocol/support.ts';
import { appendOnce, type OnceEntry, tellLogGrew } from './append-once.ts';
import { backInQueue } from './assignment.ts';
import { readSession, type SessionContext } from './session-context.ts';

export const assistantId = 'assistant';

/** Which message of which session is answered. */
export interface Answered {
  sessionId: string;
  seq: number;
}

export interface AssistantAnswer {
  body: string;
  /** What it rests on; empty for a question, for courtesies and for what says that it knows nothing. */
  sources: readonly SuggestionSource[];
  /** The assistant does not know. */
  unsure: boolean;
}

export interface AssistantHandover {
  body: string;
  reason: HandoverReason;
  channel: Channel;
}

/** Writes what the assistant does, each customer message answered once; false when it was, or is not to be any more. */
export interface AssistantWriter {
  answer(answered: Answered, answer: AssistantAnswer): Promise<boolean>;
  handOver(answered: Answered, handover: AssistantHandover): Promise<boolean>;
}

/** The assistant has a session until a person does. */
export const isWithAssistant = ({ type, status, agentId }: SupportSession): boolean =>
  type === 'ai-chatbot' && status === 'active' && agentId === undefined;

/** Names the answer to one message; no other session has the same. */
export const answerOperation = ({ sessionId, seq }: Answered): string =>
  operationKey(assistantId, `${sessionId}-answer-${seq}`);

const messageEntry = (answered: Answered, data: Record<string, unknown>): OnceEntry => ({
  kind: 'message',
  authorId: assistantId,
  visibility: 'public',
  subjectId: newId(),
  operation: answerOperation(answered),
  data,
});

const urgencyAfter = ({ urgency }: SupportSession, reason: HandoverReason): Urgency =>
  reason === 'critical' ? (urgencies.at(-1) ?? urgency) : urgency;

export interface AssistantWriterOptions {
  context: SessionContext;
  live: LiveEvents;
}

export const createAssistantWriter = ({ context, live }: AssistantWriterOptions): AssistantWriter => {
  const { store, clock } = context;
  return {
    answer: async (answered, { body, sources, unsure }) => {
      const position = await store.transaction(async (transaction) => {
        const session = await readSession(transaction, answered.sessionId);
        if (!isWithAssistant(session)) return undefined;
        const data = { body, sources, ...(unsure && { unsure }) };
        return appendOnce(transaction, session, clock.now(), [messageEntry(answered, data)]);
      });
      tellLogGrew(live, answered.sessionId, position);
      return position !== undefined;
    },
    handOver: async (answered, { body, reason, channel }) => {
      const { sessionId } = answered;
      const position = await store.transaction(async (transaction) => {
        const session = await readSession(transaction, sessionId);
        if (!isWithAssistant(session)) return undefined;
        const now = clock.now();
        const urgency = urgencyAfter(session, reason);
        const handed: SupportSession = {
          ...backInQueue(session),
          type: channel,
          urgency,
          queuedAt: isoTime(now),
          handovers: session.handovers + 1,
        };
        const data = { channel, urgency, reason };
        const escalated: NewLogEntry = {
          kind: 'escalated',
          authorId: assistantId,
          visibility: 'staff',
          data,
        };
        const message = messageEntry(answered, { body, sources: [], handover: { reason, channel } });
        const written = await appendOnce(transaction, handed, now, [message, escalated]);
        const act = { actorId: assistantId, action: 'session:escalate', subjectId: sessionId, data };
        if (written) transaction.create('audit', { id: newId(), at: isoTime(now), ...act });
        return written;
      });
      if (position === undefined) return false;
      context.queueMayMove();
      return true;
    },
  };
};

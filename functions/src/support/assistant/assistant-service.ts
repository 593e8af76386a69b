import type { AiEngine } from '../../ports/ai-engine.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { LiveEventSource } from '../../ports/live-events.ts';
import type { RecordReader } from '../../ports/record-store.ts';
import type { SessionLogEntry, ShopSettings, SupportSession } from '../../ports/records.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { SuggestionService } from '../knowledge/suggestion-service.ts';
import { type Answered, type AssistantWriter, isWithAssistant } from '../sessions/assistant-writer.ts';
import { sessionsWithStatus } from '../sessions/sessions-with-status.ts';
import { type Turn, turnFor } from './assistant-turn.ts';
import { wordsIn } from './assistant-words.ts';
import { handoverChannel } from './handover-channel.ts';
import { bodyOf, type Conversation, readConversation } from './owed-answers.ts';

/** Answers customers in `ai-chatbot` sessions (rule RT13). */
export interface Assistant {
  /** Answers what is owed in every session, also from before a restart, and from then on by itself. */
  start(): void;
  /** Something may be owed in this session; returns at once. */
  heard(sessionId: string): void;
  /** Takes nothing on any more and waits for what is under way. */
  stop(): Promise<void>;
}

export interface AssistantOptions {
  store: RecordReader;
  writer: AssistantWriter;
  /** Behind its cache. */
  engine: AiEngine;
  suggestions: SuggestionService;
  settings(): Promise<ShopSettings>;
  /** What customers are told outside business hours. */
  closedNotice(at: number): Promise<{ text: string } | undefined>;
  live: LiveEventSource;
  clock: Clock;
  timers: Timers;
  logger: Pick<Logger, 'warn'>;
}

/** What could not be answered, because an engine or the store did not answer, is tried again this often. */
const retryEveryMs = 10_000;

/** The customer as far as reading the own session needs. */
const customerOf = ({ customerId }: SupportSession): Identity => ({
  uid: customerId,
  email: '',
  name: '',
  role: 'customer',
});

export const createAssistant = (options: AssistantOptions): Assistant => {
  const { store, writer, engine, suggestions, live, clock, timers, logger } = options;
  /** Sessions that are being looked at; true when another look is due after it. */
  const looking = new Map<string, { again: boolean; work: Promise<void> }>();
  const failed = new Set<string>();
  let stops: (() => void)[] = [];
  let scanned = false;
  let stopped = false;

  const decide = async (
    session: SupportSession,
    message: SessionLogEntry,
    { unsure, said }: Conversation,
  ): Promise<Turn> => {
    const text = bodyOf(message);
    const [analysis, suggested, decision, { channels }] = await Promise.all([
      engine.analyze(text),
      suggestions.suggest(customerOf(session), text, session.id),
      store.get('routingDecisions', session.decisionId),
      options.settings(),
    ]);
    const channel = handoverChannel(decision, channels);
    return turnFor({ session, message: text, analysis, suggestions: suggested, unsure, said, channel });
  };

  const handOver = async (
    answered: Answered,
    { reason, channel, language }: Extract<Turn, { kind: 'handover' }>,
  ): Promise<boolean> => {
    const closed = await options.closedNotice(clock.now());
    const body = [wordsIn(language).handover[reason], closed?.text].filter((part) => part).join(' ');
    return writer.handOver(answered, { body, reason, channel });
  };

  /** Answers the oldest message that is owed; false when none is. */
  const answerNext = async (sessionId: string): Promise<boolean> => {
    const session = await store.get('supportSessions', sessionId);
    if (session === undefined || !isWithAssistant(session)) return false;
    const conversation = await readConversation(store, session);
    const [message] = conversation.owed;
    if (message === undefined) return false;
    const answered = { sessionId, seq: message.seq };
    const turn = await decide(session, message, conversation);
    // When another node was faster, the next look shows that.
    await (turn.kind === 'handover' ? handOver(answered, turn) : writer.answer(answered, turn));
    return true;
  };

  const answerAll = async (sessionId: string): Promise<void> => {
    try {
      while (!stopped && (await answerNext(sessionId)));
    } catch (error) {
      failed.add(sessionId);
      logger.warn({ err: error, sessionId }, 'the assistant could not answer: it tries again');
    }
  };

  const heard = (sessionId: string): void => {
    if (stopped) return;
    const known = looking.get(sessionId);
    if (known !== undefined) {
      known.again = true;
      return;
    }
    const look = { again: false, work: Promise.resolve() };
    looking.set(sessionId, look);
    look.work = answerAll(sessionId).finally(() => {
      looking.delete(sessionId);
      if (look.again) heard(sessionId);
    });
  };

  /** Answers what was owed when the server stopped. */
  const scan = async (): Promise<void> => {
    try {
      for await (const session of sessionsWithStatus(store, 'active')) {
        if (isWithAssistant(session)) heard(session.id);
      }
      scanned = true;
    } catch (error) {
      logger.warn({ err: error }, 'owed answers could not be looked for: the assistant tries again');
    }
  };

  const tryAgain = (): void => {
    if (!scanned) void scan();
    const due = [...failed];
    failed.clear();
    for (const sessionId of due) heard(sessionId);
  };

  return {
    heard,
    start: () => {
      stops = [
        live.subscribe((_audience, { event, payload }) => {
          if (event === 'session:updated' && payload.status === 'active') heard(payload.sessionId);
        }),
        timers.every(retryEveryMs, tryAgain),
      ];
      void scan();
    },
    stop: async () => {
      stopped = true;
      for (const stop of stops) stop();
      await Promise.all([...looking.values()].map(({ work }) => work));
    },
  };
};

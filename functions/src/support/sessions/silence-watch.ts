import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { LiveEvents } from '../../ports/live-events.ts';
import type { RecordReader, Transaction } from '../../ports/record-store.ts';
import type { SessionLogEntry, SupportSession } from '../../ports/records.ts';
import type { LogPosition } from '../../ports/session-log.ts';
import type { SignsOfLife } from '../../ports/signs-of-life.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { appendOnce, tellLogGrew } from './append-once.ts';
import { completeSession, writtenMeanwhile } from './complete-session.ts';
import { readSession, type SessionContext } from './session-context.ts';
import { sessionsWithStatus } from './sessions-with-status.ts';
import { entriesLookedAt, type Silence, silenceOf, silenceWarning, warningOperation } from './silence.ts';

/** Ends sessions whose customers have gone without a word (rule RE9). */
export interface SilenceWatch {
  start(): void;
  /** The customer did something in the session that its log does not show. */
  heard(sessionId: string): void;
  /** Looks at every session that is due, and now and then for sessions that are new. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface SilenceWatchOptions {
  context: SessionContext;
  live: LiveEvents;
  signs: SignsOfLife;
  timers: Timers;
  logger: Pick<Logger, 'warn'>;
  /** Silence after which a customer is warned, and after the warning the session ends. */
  abandonAfterMs: number;
}

const shortestPauseMs = 250;
const longestPauseMs = 15_000;
const longestPauseForAllMs = 5 * 60_000;
/** After a start everybody has the time to come back before anything is done about a silence. */
const longestGraceMs = 60_000;

/** What was seen of one session. */
interface Watched {
  /** Turn and warning that the time below belongs to. */
  mark: string;
  /** Monotonic time at which the silence began, or the warning was given. */
  sinceMs: number;
  /** When its log was read. */
  readAtMs: number;
  /** Before this there is nothing to look for. */
  lookAtMs: number;
}

const markOf = ({ turn, warned }: Silence): string => `${turn}/${warned}`;

const signOf = (sessionId: string): string => `customer in ${sessionId}`;

const newestEntries = async (reader: RecordReader, sessionId: string): Promise<SessionLogEntry[]> => {
  const { items } = await reader.list('sessionLog', {
    where: [{ field: 'sessionId', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'descending',
    limit: entriesLookedAt,
  });
  return items;
};

export const createSilenceWatch = (options: SilenceWatchOptions): SilenceWatch => {
  const { context, live, signs, timers, logger, abandonAfterMs } = options;
  const { store, clock } = context;
  const startedAtMs = clock.monotonicMs();
  // No session is due sooner after its beginning, so those that are new are found in time.
  const allEveryMs = Math.min(longestPauseForAllMs, abandonAfterMs / 2);
  let watched = new Map<string, Watched>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let stop = (): void => undefined;

  /**
   * When a silence began on the monotonic clock. The log's times are of the wall clock, so no more of them is
   * believed than can have passed since the session was looked at last; only what was there before this process
   * is taken as it stands.
   */
  const beganAt = ({ since }: Silence, before: Watched | undefined, nowMs: number): number => {
    const age = Math.max(0, clock.now() - Date.parse(since));
    return nowMs - Math.min(age, nowMs - (before?.readAtMs ?? lookedAtMs));
  };

  /** Runs the work if the silence still stands; false when it does not, or somebody else was faster. */
  const whileSilent = (
    sessionId: string,
    silence: Silence,
    work: (transaction: Transaction, session: SupportSession, place: number) => Promise<void>,
  ): Promise<boolean> =>
    store.transaction(async (transaction) => {
      const session = await readSession(transaction, sessionId);
      const newest = await newestEntries(transaction, sessionId);
      const now = session.status === 'active' ? silenceOf(session, newest) : undefined;
      if (now === undefined || markOf(now) !== markOf(silence)) return false;
      await work(transaction, session, (newest[0]?.seq ?? 0) + 1);
      return true;
    });

  const warn = async (sessionId: string, silence: Silence): Promise<void> => {
    let head: LogPosition | undefined;
    await whileSilent(sessionId, silence, async (transaction, session, place) => {
      const warning = {
        kind: 'message',
        authorId: 'system',
        visibility: 'public',
        subjectId: newId(),
        operation: warningOperation(sessionId, silence.turn),
        data: { body: silenceWarning(session.language) },
      } as const;
      head = await appendOnce(transaction, session, clock.now(), [warning]);
      if (head !== undefined && head.seq !== place) throw writtenMeanwhile();
    });
    tellLogGrew(live, sessionId, head);
  };

  const abandon = async (sessionId: string, silence: Silence): Promise<void> => {
    const ended = await whileSilent(sessionId, silence, async (transaction, session, place) => {
      const ending = { by: 'system', resolution: 'abandoned', place } as const;
      await completeSession(context, transaction, session, ending);
    });
    if (!ended) return;
    await context.cache.invalidate(['analytics']);
    context.queueMayMove();
  };

  const examine = async (
    session: SupportSession,
    before: Watched | undefined,
    nowMs: number,
  ): Promise<Watched> => {
    if (before !== undefined && before.lookAtMs > nowMs) return before;
    const silence = silenceOf(session, await newestEntries(store, session.id));
    const readAtMs = nowMs;
    if (silence === undefined)
      return { mark: '', sinceMs: nowMs, readAtMs, lookAtMs: nowMs + abandonAfterMs };
    const mark = markOf(silence);
    const sinceMs = before?.mark === mark ? before.sinceMs : beganAt(silence, before, nowMs);
    const dueMs = Math.max(sinceMs + abandonAfterMs, startedAtMs + Math.min(longestGraceMs, abandonAfterMs));
    if (dueMs > nowMs) return { mark, sinceMs, readAtMs, lookAtMs: dueMs };
    const sign = signOf(session.id);
    const heard = (await signs.within([sign], abandonAfterMs)).has(sign);
    if (!heard) await (silence.warned ? abandon(session.id, silence) : warn(session.id, silence));
    return { mark, sinceMs, readAtMs, lookAtMs: nowMs };
  };

  /** As `examine`; what somebody else was faster at stays as it was seen before. */
  const lookAt = async (session: SupportSession, nowMs: number): Promise<Watched | undefined> => {
    const before = watched.get(session.id);
    try {
      return await examine(session, before, nowMs);
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict') return before;
      throw error;
    }
  };

  const lookAtAll = async (nowMs: number): Promise<void> => {
    const seen = new Map<string, Watched>();
    for await (const session of sessionsWithStatus(store, 'active')) {
      const saw = await lookAt(session, nowMs);
      if (saw !== undefined) seen.set(session.id, saw);
    }
    watched = seen;
    lookedAtMs = nowMs;
  };

  const lookAtDue = async (nowMs: number): Promise<void> => {
    for (const [id, { lookAtMs }] of watched) {
      if (lookAtMs > nowMs) continue;
      const session = await store.get('supportSessions', id);
      const saw = session?.status === 'active' ? await lookAt(session, nowMs) : undefined;
      if (saw === undefined) watched.delete(id);
      else watched.set(id, saw);
    }
  };

  const lookNow = (): Promise<void> => {
    const nowMs = clock.monotonicMs();
    return nowMs - lookedAtMs >= allEveryMs ? lookAtAll(nowMs) : lookAtDue(nowMs);
  };

  const look = (): Promise<void> => {
    looking ??= lookNow().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  return {
    heard: (sessionId) => signs.note(signOf(sessionId)),
    look,
    start: () => {
      const pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, abandonAfterMs / 10));
      stop = timers.every(pauseMs, () => {
        look().catch((error: unknown) =>
          logger.warn({ err: error }, 'silent sessions could not be looked for'),
        );
      });
    },
    stop: async () => {
      stop();
      await looking?.catch(() => undefined);
    },
  };
};

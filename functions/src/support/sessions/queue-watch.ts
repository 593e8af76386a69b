import { setTimeout as pause } from 'node:timers/promises';
import type { SupportSession } from '../../ports/records.ts';
import type { SignsOfLife } from '../../ports/signs-of-life.ts';
import { channels } from '../../protocol/enumerations.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { TeamMember } from '../matching/eligibility.ts';
import { matchWaiting } from './match-waiting.ts';
import { returnUnopened } from './return-unopened.ts';
import type { TimedStore } from './session-context.ts';

/** Gates relax, urgency ages and assignments fall back with time alone, so the queue is looked at this often. */
const watchEveryMs = 5_000;

/** Assignments fall back after minutes; they need not be gone through at every look. */
const returnEveryMs = 2_000;

const longestPauseMs = 250;

/** While nobody has a free place, only the places in line change: it is enough to count them a few times a second. */
const refreshAfterMs = 200;

/** Places in the queue after the last look at it. */
export interface QueueView {
  /** Among those that wait on the same channel: 1 is next; undefined for a session that did not wait then. */
  positionOf(sessionId: string): number | undefined;
  /** Places of everybody who is there, per channel, to estimate waits. */
  placesOn(channel: SupportSession['type']): number;
}

/** Matches waiting sessions with agents whenever something may have changed, and by the clock. */
export interface QueueWatch extends QueueView {
  start(): void;
  /** Looks at the queue soon; many calls make one look, and while nobody could take anything few are made. */
  wake(): void;
  /** Looks at the queue now and waits for the result. */
  run(): Promise<void>;
  /** Ends the watching and waits for a look that is under way. */
  stop(): Promise<void>;
}

export interface QueueWatchOptions {
  context: TimedStore;
  signs: SignsOfLife;
  team(): Promise<TeamMember[]>;
  logger: Pick<Logger, 'error'>;
  /** Is told after each look at the whole queue who still waits. */
  onLook?(waiting: readonly SupportSession[]): void;
}

/** Places in line, counted for each channel by itself. */
const positionsOf = (waiting: readonly SupportSession[]): Map<string, number> => {
  const lengths = new Map<SupportSession['type'], number>();
  return new Map(
    waiting.map(({ id, type }) => {
      const position = (lengths.get(type) ?? 0) + 1;
      lengths.set(type, position);
      return [id, position];
    }),
  );
};

const isThere = ({ status, absent }: TeamMember): boolean => status === 'online' && !absent;

const hasPlace = (agent: TeamMember): boolean =>
  isThere(agent) && channels.some((channel) => agent.open[channel] < agent.capacity[channel]);

export const createQueueWatch = (options: QueueWatchOptions): QueueWatch => {
  const { context, signs, team, logger, onLook } = options;
  const { clock } = context;
  let positions = new Map<string, number>();
  let lastTeam: TeamMember[] = [];
  let running: Promise<void> | undefined;
  let again = false;
  let wholeQueue = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let refresh: NodeJS.Timeout | undefined;
  let nextReturnAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    if (clock.monotonicMs() >= nextReturnAt) {
      nextReturnAt = clock.monotonicMs() + returnEveryMs;
      await returnUnopened(context, signs);
    }
    const agents = await team();
    if (!wholeQueue && !agents.some(hasPlace)) {
      refresh ??= setTimeout(soon(run), refreshAfterMs).unref();
      return;
    }
    wholeQueue = false;
    clearTimeout(refresh);
    refresh = undefined;
    const { waiting, outdated } = await matchWaiting(context, agents);
    positions = positionsOf(waiting);
    lastTeam = agents;
    again ||= outdated;
    onLook?.(waiting);
  };

  const lookUntilSettled = async (): Promise<void> => {
    try {
      do {
        again = false;
        const startedAt = performance.now();
        await look();
        // A long queue under many changes takes half of the time at most; what changes meanwhile is one look.
        if (again) await pause(Math.min(performance.now() - startedAt, longestPauseMs));
      } while (again && !stopped);
    } finally {
      // In the same step as the last look at `again`, so that no call can fall between the two.
      running = undefined;
    }
  };

  const trigger = (): Promise<void> => {
    again = true;
    running ??= lookUntilSettled();
    return running;
  };

  const run = (): Promise<void> => {
    wholeQueue = true;
    return trigger();
  };

  const soon = (looking: () => Promise<void>) => (): void => {
    if (stopped) return;
    looking().catch((error: unknown) => logger.error({ err: error }, 'the queue could not be matched'));
  };
  const wake = soon(trigger);

  return {
    positionOf: (sessionId) => positions.get(sessionId),
    placesOn: (channel) =>
      lastTeam.reduce((sum, agent) => sum + (isThere(agent) ? agent.capacity[channel] : 0), 0),
    start: () => {
      timer = setInterval(soon(run), watchEveryMs);
      timer.unref();
      wake();
    },
    wake,
    run,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      clearTimeout(refresh);
      await running?.catch(() => undefined);
    },
  };
};

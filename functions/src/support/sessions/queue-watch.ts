import type { Agent, SupportSession } from '../../ports/records.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { matchWaiting } from './match-waiting.ts';
import { returnUnopened } from './return-unopened.ts';
import type { TimedStore } from './session-context.ts';

/** Gates relax, urgency ages and assignments fall back with time alone, so the queue is looked at this often. */
const watchEveryMs = 5_000;

/** Assignments fall back after minutes; they need not be gone through at every look. */
const returnEveryMs = 2_000;

/** Places in the queue after the last look at it. */
export interface QueueView {
  /** Among those that wait on the same channel: 1 is next; undefined for a session that did not wait then. */
  positionOf(sessionId: string): number | undefined;
  /** Places of everybody online, per channel, to estimate waits. */
  placesOn(channel: SupportSession['type']): number;
}

/** Matches waiting sessions with agents whenever something may have changed, and by the clock. */
export interface QueueWatch extends QueueView {
  start(): void;
  /** Looks at the queue soon; many calls make one look. */
  wake(): void;
  /** Looks at the queue now and waits for the result. */
  run(): Promise<void>;
  /** Ends the watching and waits for a look that is under way. */
  stop(): Promise<void>;
}

export interface QueueWatchOptions {
  context: TimedStore;
  team(): Promise<Agent[]>;
  logger: Pick<Logger, 'error'>;
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

export const createQueueWatch = ({ context, team, logger }: QueueWatchOptions): QueueWatch => {
  const { clock } = context;
  let positions = new Map<string, number>();
  let lastTeam: Agent[] = [];
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let nextReturnAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    if (clock.monotonicMs() >= nextReturnAt) {
      nextReturnAt = clock.monotonicMs() + returnEveryMs;
      await returnUnopened(context);
    }
    const agents = await team();
    const { waiting, outdated } = await matchWaiting(context, agents);
    positions = positionsOf(waiting);
    lastTeam = agents;
    again ||= outdated;
  };

  const lookUntilSettled = async (): Promise<void> => {
    try {
      do {
        again = false;
        await look();
      } while (again && !stopped);
    } finally {
      // In the same step as the last look at `again`, so that no call can fall between the two.
      running = undefined;
    }
  };

  const run = (): Promise<void> => {
    again = true;
    running ??= lookUntilSettled();
    return running;
  };

  const wake = (): void => {
    if (stopped) return;
    run().catch((error: unknown) => logger.error({ err: error }, 'the queue could not be matched'));
  };

  return {
    positionOf: (sessionId) => positions.get(sessionId),
    placesOn: (channel) =>
      lastTeam.reduce((sum, agent) => sum + (agent.status === 'online' ? agent.capacity[channel] : 0), 0),
    start: () => {
      timer = setInterval(wake, watchEveryMs);
      timer.unref();
      wake();
    },
    wake,
    run,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
};

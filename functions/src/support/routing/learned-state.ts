import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Agent } from '../../ports/records.ts';
import { type Category, type Channel, channels } from '../../protocol/enumerations.ts';
import { type Calibration, calibrationFrom } from './calibration.ts';
import { isPersonChannel, policyVersion } from './channel-weights.ts';
import { type KindOutcomes, outcomeLookup } from './outcome-tables.ts';

/** What past sessions taught and who is there, as read at one moment. */
interface LearnedSnapshot {
  calibration: Calibration;
  outcomesOf(category: Category, complexity: number): KindOutcomes;
  /** Channels on which no agent who is there has a free place. */
  busy: readonly Channel[];
}

/** Keeps the snapshot in memory and reads it anew in the background. */
export interface LearnedState {
  /** The newest snapshot; waits only for the first one, and for one that nobody has asked about for long. */
  current(): Promise<LearnedSnapshot>;
  /** Says that an outcome is being written: the next decision a moment later has it read. */
  outcomesChanged(): void;
  /** Fulfilled when no reading is under way; never fails. */
  settled(): Promise<void>;
}

export interface LearnedStateOptions {
  store: RecordStore;
  clock: Clock;
  /** Told when outcomes cannot be read; pino's loggers fit. */
  logger: { warn(details: object, message: string): void };
}

const staleAfterMs = 30_000;
/** Nobody asked for this long after it was due: then one decision waits for the reading, so that none is out of date. */
const longestOverdueMs = 2_000;
/** The outcome is counted in a transaction that may take a moment to commit. */
const afterOutcomeMs = 1_000;
const mostAgents = 200;
const mostCounters = 200;

const hasRoom = (agent: Agent, channel: Channel): boolean =>
  agent.status === 'online' && agent.open[channel] < agent.capacity[channel];

/** No channel is busy while nobody at all is there: that is for the business hours to say. */
const busyChannels = (agents: readonly Agent[]): Channel[] =>
  agents.some(({ status }) => status === 'online')
    ? channels.filter(
        (channel) => isPersonChannel(channel) && !agents.some((agent) => hasRoom(agent, channel)),
      )
    : [];

const readSnapshot = async (store: RecordStore): Promise<LearnedSnapshot> => {
  const direction = 'ascending';
  const [outcomes, confidences, agents] = await Promise.all([
    store.list('channelOutcomes', { orderBy: 'id', direction, limit: mostCounters }),
    store.list('confidenceOutcomes', {
      where: [{ field: 'policyVersion', operator: '==', value: policyVersion }],
      orderBy: 'tenth',
      direction,
      limit: mostCounters,
    }),
    store.list('agents', { orderBy: 'name', direction, limit: mostAgents }),
  ]);
  return {
    calibration: calibrationFrom(confidences.items),
    outcomesOf: outcomeLookup(outcomes.items),
    busy: busyChannels(agents.items),
  };
};

export const createLearnedState = ({ store, clock, logger }: LearnedStateOptions): LearnedState => {
  let snapshot: LearnedSnapshot | undefined;
  let reading: Promise<LearnedSnapshot> | undefined;
  let staleAt = 0;

  const read = (): Promise<LearnedSnapshot> => {
    staleAt = clock.monotonicMs() + staleAfterMs;
    reading = readSnapshot(store)
      .then((fresh) => {
        snapshot = fresh;
        return fresh;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  /** The last known snapshot holds when a reading fails. */
  const readAgain = (last: LearnedSnapshot): Promise<LearnedSnapshot> =>
    read().catch((error: unknown) => {
      logger.warn({ err: error }, 'outcomes cannot be read; the last known hold');
      return last;
    });

  const current = async (): Promise<LearnedSnapshot> => {
    if (snapshot === undefined) return reading ?? read();
    const overdueMs = clock.monotonicMs() - staleAt;
    if (reading !== undefined || overdueMs < 0) return snapshot;
    const fresh = readAgain(snapshot);
    return overdueMs > longestOverdueMs ? fresh : snapshot;
  };

  return {
    settled: async () => {
      await Promise.allSettled([reading]);
    },
    current,
    outcomesChanged: () => {
      staleAt = Math.min(staleAt, clock.monotonicMs() + afterOutcomeMs);
    },
  };
};

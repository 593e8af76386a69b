import { AppError } from '../../../functions/src/errors/app-error.ts';
import type { RecordReader } from '../../../functions/src/ports/record-store.ts';
import type {
  AppendOutcome,
  LoggedRecordStore,
  SessionLog,
} from '../../../functions/src/ports/session-log.ts';
import type { Chance } from './chance.ts';
import type { ProcessTime } from './virtual-time.ts';
import type { Watch } from './watch.ts';

/** How the store is at the moment: probabilities, and how long an answer takes at most. */
export interface StoreWeather {
  refuses: number;
  losesAnswers: number;
  tellsMoved: number;
  failsReads: number;
  slowestMs: number;
}

export const fairWeather: StoreWeather = {
  refuses: 0,
  losesAnswers: 0,
  tellsMoved: 0,
  failsReads: 0,
  slowestMs: 4,
};

/** Real work in the store that is under way; time stands still until there is none. */
export interface UnderWay {
  count: number;
}

export interface FaultyStoreOptions {
  store: LoggedRecordStore;
  /** Of the process that asks; what it asked for may still be done after its end, and nobody hears of it. */
  time: ProcessTime;
  chance: Chance;
  weather: StoreWeather;
  watch: Watch;
  underWay: UnderWay;
}

const unavailable = () => new AppError('unavailable', 'The store does not answer.', { retryAfterMs: 500 });

/** The real store as one server reaches it: late, sometimes not at all, and sometimes without an answer. */
export const createFaultyStore = (options: FaultyStoreOptions) => {
  const { store, time, chance, weather, watch, underWay } = options;
  const wait = () => new Promise<void>((resolve) => time.after(chance.next() * weather.slowestMs, resolve));

  const really = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    underWay.count += 1;
    try {
      return await work();
    } finally {
      underWay.count -= 1;
    }
  };

  const read = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await wait();
    if (chance.happens(weather.failsReads)) throw unavailable();
    const result = await really(work);
    await wait();
    return result;
  };

  const append: SessionLog['append'] = async (asked) => {
    await wait();
    if (chance.happens(weather.refuses)) throw unavailable();
    const outcome = await really(async (): Promise<AppendOutcome> => {
      const done = await store.log.append(asked);
      if (done.outcome === 'appended') watch.committed(done.entries);
      return done;
    });
    await wait();
    if (chance.happens(weather.losesAnswers)) throw unavailable();
    return chance.happens(weather.tellsMoved) ? { outcome: 'moved', head: outcome.head } : outcome;
  };

  const log: SessionLog = {
    append,
    read: (...asked) => read(() => store.log.read(...asked)),
    snapshot: (...asked) => read(() => store.log.snapshot(...asked)),
    operations: (...asked) => read(() => store.log.operations(...asked)),
  };
  const records: RecordReader = {
    get: (collection, id) => read(() => store.get(collection, id)),
    list: (collection, query) => read(() => store.list(collection, query)),
  };
  return { log, records };
};

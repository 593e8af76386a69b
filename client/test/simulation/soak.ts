import { it } from 'vitest';
import { expectEveryRunToHold } from './every-run.ts';

const aMinuteMs = 60_000;
const minutes = Number(process.env.SIMULATION_MINUTES ?? 10);
const seed = process.env.SIMULATION_SEED;

/** One seed that is named, to look at it; else new ones for as long as was asked for. */
it(
  '[RT1] [RT2] [RT3] [RT4] [RT6] [RT9] [RT11] [RT14] many editors over a bad network',
  async () => {
    const end = performance.now() + minutes * aMinuteMs;
    const runs =
      seed === undefined
        ? await expectEveryRunToHold({ first: Date.now() % 2 ** 31, more: () => performance.now() < end })
        : await expectEveryRunToHold(
            { first: Number(seed), more: (count) => count < 1 },
            Number.POSITIVE_INFINITY,
          );
    console.log(`${runs} runs held`);
  },
  (minutes + 5) * aMinuteMs,
);

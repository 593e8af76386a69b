import type { Surroundings } from '../../src/surroundings.ts';

/** Time that passes when it is told to, and ids that can be foreseen. */
export interface ManualSurroundings extends Surroundings {
  /** Lets time pass; what falls due runs at its time, and what follows from it as well. */
  advance(milliseconds: number): Promise<void>;
  /** Timers that wait. */
  waiting(): number;
}

/** Turns that a message takes there and back, with a fetched token before it, and some to spare. */
const turns = 5;

/** Everything that is only waiting for its turn has had it. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

export const createManualSurroundings = (random: () => number = () => 0.5): ManualSurroundings => {
  const timers = new Map<number, { at: number; work: () => void }>();
  let now = Date.UTC(2026, 0, 31, 9, 30);
  let made = 0;
  let ids = 0;
  const nextUntil = (end: number) =>
    [...timers]
      .filter(([, { at }]) => at <= end)
      .sort(([a, one], [b, other]) => one.at - other.at || a - b)[0];
  return {
    now: () => now,
    random,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    after: (delayMs, work) => {
      made += 1;
      const timer = made;
      timers.set(timer, { at: now + delayMs, work });
      return () => timers.delete(timer);
    },
    waiting: () => timers.size,
    advance: async (milliseconds) => {
      const end = now + milliseconds;
      await settled();
      for (let due = nextUntil(end); due !== undefined; due = nextUntil(end)) {
        const [timer, { at, work }] = due;
        timers.delete(timer);
        now = Math.max(now, at);
        work();
        await settled();
      }
      now = end;
    },
  };
};

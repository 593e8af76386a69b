import type { Timers } from '../ports/timers.ts';
import type { ManualClock } from './manual-clock.ts';

/** Timers of a clock that is moved by hand. */
export interface ManualTimers extends Timers {
  /** Lets time pass; whatever falls due runs in its order, at its own time. */
  advance(milliseconds: number): void;
  /** Timers that wait. */
  waiting(): number;
}

interface Waiting {
  at: number;
  order: number;
  work: () => void;
  everyMs?: number;
}

export const createManualTimers = (clock: ManualClock): ManualTimers => {
  const timers = new Set<Waiting>();
  let order = 0;
  const add = (delayMs: number, work: () => void, everyMs?: number) => {
    order += 1;
    const timer = { at: clock.monotonicMs() + delayMs, order, work, ...(everyMs && { everyMs }) };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  };
  const nextUntil = (end: number): Waiting | undefined =>
    [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];

  return {
    after: (delayMs, work) => add(delayMs, work),
    every: (intervalMs, work) => add(intervalMs, work, intervalMs),
    waiting: () => timers.size,
    advance(milliseconds) {
      const end = clock.monotonicMs() + milliseconds;
      for (let due = nextUntil(end); due !== undefined; due = nextUntil(end)) {
        clock.advance(due.at - clock.monotonicMs());
        if (due.everyMs === undefined) timers.delete(due);
        else due.at += due.everyMs;
        due.work();
      }
      clock.advance(end - clock.monotonicMs());
    },
  };
};

import type { Clock } from '../ports/clock.ts';

/** A clock that stands still until it is told to move; both times move together unless the wall clock jumps. */
export interface ManualClock extends Clock {
  /** Time passes. */
  advance(milliseconds: number): void;
  /** Somebody sets the wall clock; no time passes. */
  jump(milliseconds: number): void;
}

export const createManualClock = (start = Date.UTC(2026, 0, 31, 9, 30)): ManualClock => {
  let wall = start;
  let monotonic = 1_000;
  return {
    now: () => wall,
    monotonicMs: () => monotonic,
    advance(milliseconds) {
      wall += milliseconds;
      monotonic += milliseconds;
    },
    jump(milliseconds) {
      wall += milliseconds;
    },
  };
};

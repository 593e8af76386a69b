import type { Clock } from '../ports/clock.ts';
import type { Timers } from '../ports/timers.ts';

export const clock: Clock = { now: Date.now, monotonicMs: () => performance.now() };

/** None of these keeps the process alive. */
export const timers: Timers = {
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs).unref();
    return () => clearTimeout(timer);
  },
  every(intervalMs, work) {
    const timer = setInterval(work, intervalMs).unref();
    return () => clearInterval(timer);
  },
};

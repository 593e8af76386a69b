import type { Clock } from '../../ports/clock.ts';
import type { CancelTimer, Timers } from '../../ports/timers.ts';

export interface FlushPaceOptions {
  clock: Clock;
  timers: Timers;
  flushMs: number;
  flush(): void;
}

/**
 * When what was gathered goes out: the first after a pause at once, everything further within `flushMs`, together
 * with whatever else comes in that time, and the last always.
 */
export class FlushPace {
  #flushedAt = Number.NEGATIVE_INFINITY;
  #timer: CancelTimer | undefined;
  readonly #options: FlushPaceOptions;

  constructor(options: FlushPaceOptions) {
    this.#options = options;
  }

  /** There is something to flush. */
  due(): void {
    if (this.#timer !== undefined) return;
    const { clock, timers, flushMs } = this.#options;
    const paused = clock.monotonicMs() - this.#flushedAt >= 2 * flushMs;
    this.#timer = timers.after(paused ? 0 : flushMs, () => this.#flush());
  }

  stop(): void {
    this.#timer?.();
    this.#timer = undefined;
  }

  #flush(): void {
    this.#timer = undefined;
    this.#flushedAt = this.#options.clock.monotonicMs();
    this.#options.flush();
  }
}

import type { Clock } from '../../ports/clock.ts';
import type { CancelTimer, Timers } from '../../ports/timers.ts';

/** How long moves are gathered before they go out together. */
export const defaultFlushMs = 40;

export interface Move {
  x: number;
  y: number;
  page: number;
}

export interface Drawing {
  id: string;
  points: [number, number][];
}

/** The newest of each user since the frame before. */
export interface Frame {
  moves: ReadonlyMap<string, Move>;
  drawings: ReadonlyMap<string, Drawing>;
}

export interface CursorFramesOptions {
  clock: Clock;
  timers: Timers;
  flushMs: number;
  flush(frame: Frame): void;
}

/**
 * Keeps the latest cursor and preview of each user of one session and flushes them together (rule RT7). The
 * first move after a pause goes out at once, every further one within `flushMs`, together with whatever else moves
 * in that time, and the last one always.
 */
export class CursorFrames {
  #moves = new Map<string, Move>();
  #drawings = new Map<string, Drawing>();
  #flushedAt = Number.NEGATIVE_INFINITY;
  #timer: CancelTimer | undefined;
  readonly #options: CursorFramesOptions;

  constructor(options: CursorFramesOptions) {
    this.#options = options;
  }

  move(userId: string, move: Move): void {
    this.#moves.set(userId, move);
    this.#schedule();
  }

  draw(userId: string, drawing: Drawing): void {
    this.#drawings.set(userId, drawing);
    this.#schedule();
  }

  /** Whoever left moves no more. */
  forget(userId: string): void {
    this.#moves.delete(userId);
    this.#drawings.delete(userId);
  }

  clear(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#moves.clear();
    this.#drawings.clear();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const { clock, timers, flushMs } = this.#options;
    const paused = clock.monotonicMs() - this.#flushedAt >= 2 * flushMs;
    this.#timer = timers.after(paused ? 0 : flushMs, () => this.#flush());
  }

  #flush(): void {
    this.#timer = undefined;
    this.#flushedAt = this.#options.clock.monotonicMs();
    const moves = this.#moves;
    const drawings = this.#drawings;
    if (moves.size === 0 && drawings.size === 0) return;
    this.#moves = new Map();
    this.#drawings = new Map();
    this.#options.flush({ moves, drawings });
  }
}

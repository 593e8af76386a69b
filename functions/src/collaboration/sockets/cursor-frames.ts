import { FlushPace, type FlushPaceOptions } from './flush-pace.ts';

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

/** Keeps the latest cursor and preview of each user of one session. */
export class LatestOfEach {
  #moves = new Map<string, Move>();
  #drawings = new Map<string, Drawing>();

  get empty(): boolean {
    return this.#moves.size === 0 && this.#drawings.size === 0;
  }

  move(userId: string, move: Move): void {
    this.#moves.set(userId, move);
  }

  draw(userId: string, drawing: Drawing): void {
    this.#drawings.set(userId, drawing);
  }

  /** Whoever left moves no more. */
  forget(userId: string): void {
    this.#moves.delete(userId);
    this.#drawings.delete(userId);
  }

  /** Gives what there is, and begins anew. */
  take(): Frame {
    const frame = { moves: this.#moves, drawings: this.#drawings };
    this.#moves = new Map();
    this.#drawings = new Map();
    return frame;
  }
}

export interface CursorFramesOptions extends Omit<FlushPaceOptions, 'flush'> {
  flush(frame: Frame): void;
}

/** Flushes the latest cursors and previews of one session together (rule RT7), whatever node they come from. */
export class CursorFrames {
  readonly #latest = new LatestOfEach();
  readonly #pace: FlushPace;

  constructor({ flush, ...pace }: CursorFramesOptions) {
    this.#pace = new FlushPace({
      ...pace,
      flush: () => {
        if (!this.#latest.empty) flush(this.#latest.take());
      },
    });
  }

  move(userId: string, move: Move): void {
    this.#latest.move(userId, move);
    this.#pace.due();
  }

  draw(userId: string, drawing: Drawing): void {
    this.#latest.draw(userId, drawing);
    this.#pace.due();
  }

  forget(userId: string): void {
    this.#latest.forget(userId);
  }

  clear(): void {
    this.#pace.stop();
    this.#latest.take();
  }
}

import type { Clock } from '../../../functions/src/ports/clock.ts';
import type { CancelTimer, Timers } from '../../../functions/src/ports/timers.ts';
import type { Surroundings } from '../../src/surroundings.ts';

interface Waiting {
  at: number;
  order: number;
  work: (() => void) | undefined;
}

const startsAt = Date.UTC(2026, 0, 31, 9, 30);

const isBefore = (one: Waiting, other: Waiting): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** What waits for its time, the next one first: a binary heap. */
class Agenda {
  readonly #heap: Waiting[] = [];

  get next(): Waiting | undefined {
    return this.#heap[0];
  }

  add(waiting: Waiting): void {
    const heap = this.#heap;
    let index = heap.push(waiting) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(waiting, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = waiting;
  }

  take(): Waiting | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first !== undefined && last !== undefined && first !== last) this.#sink(last);
    return first;
  }

  /** Puts one at the top and lets it sink to its place. */
  #sink(waiting: Waiting): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let least: { at: number; waiting: Waiting } = { at: index, waiting };
      for (const at of [2 * index + 1, 2 * index + 2]) {
        const below = heap[at];
        if (below !== undefined && isBefore(below, least.waiting)) least = { at, waiting: below };
      }
      heap[index] = least.waiting;
      if (least.at === index) return;
      index = least.at;
    }
  }
}

/** Time that passes only from one thing that is due to the next. */
export class VirtualTime {
  readonly #agenda = new Agenda();
  readonly #settled: () => Promise<void>;
  #order = 0;
  #now = 0;
  #jumped = 0;

  /** `settled` is fulfilled when nothing is under way any more but what waits for its time. */
  constructor(settled: () => Promise<void>) {
    this.#settled = settled;
  }

  /** Milliseconds since the beginning. */
  get now(): number {
    return this.#now;
  }

  /** What wall clocks show. */
  get wall(): number {
    return startsAt + this.#now + this.#jumped;
  }

  /** Somebody sets the wall clocks. */
  jump(milliseconds: number): void {
    this.#jumped += milliseconds;
  }

  after(delayMs: number, work: () => void): CancelTimer {
    this.#order += 1;
    const waiting: Waiting = { at: this.#now + Math.max(0, delayMs), order: this.#order, work };
    this.#agenda.add(waiting);
    return () => {
      waiting.work = undefined;
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** Lets time pass; whatever falls due runs at its own time, and so does what follows from it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await this.#settled();
    for (let { next } = this.#agenda; next !== undefined && next.at <= end; { next } = this.#agenda) {
      const work = this.#agenda.take()?.work;
      if (work === undefined) continue;
      this.#now = next.at;
      next.work = undefined;
      work();
      await this.#settled();
    }
    this.#now = end;
  }
}

/** What one process has of time: its timers end with it. */
export class ProcessTime implements Timers, Clock {
  readonly #time: VirtualTime;
  readonly #waiting = new Set<CancelTimer>();
  #dead = false;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  now(): number {
    return this.#time.wall;
  }

  /** Never 0, which some could take for no time at all. */
  monotonicMs(): number {
    return 1_000 + this.#time.now;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get dead(): boolean {
    return this.#dead;
  }

  after(delayMs: number, work: () => void): CancelTimer {
    if (this.#dead) return () => {};
    const cancel = () => {
      this.#waiting.delete(cancel);
      stop();
    };
    const stop = this.#time.after(delayMs, () => {
      this.#waiting.delete(cancel);
      work();
    });
    this.#waiting.add(cancel);
    return cancel;
  }

  every(intervalMs: number, work: () => void): CancelTimer {
    let isOver = false;
    const again = (): void => {
      work();
      if (!isOver) cancel = this.after(intervalMs, again);
    };
    let cancel = this.after(intervalMs, again);
    return () => {
      isOver = true;
      cancel();
    };
  }

  /** The process is gone: nothing of it happens any more. */
  end(): void {
    this.#dead = true;
    for (const cancel of [...this.#waiting]) cancel();
  }
}

/** A client's share of time and chance. */
export const surroundingsOf = (time: ProcessTime, name: string, random: () => number): Surroundings => {
  let ids = 0;
  return {
    now: () => time.now(),
    after: (delayMs, work) => time.after(delayMs, work),
    random,
    newId: () => {
      ids += 1;
      return `${name}-${ids}`;
    },
  };
};

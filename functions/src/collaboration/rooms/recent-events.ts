import type { EventPair } from './room-events.ts';

/** Events that a room keeps for those who come back, and their size as JSON in UTF-16 units. */
const mostEvents = 500;
const mostSize = 1_000_000;

/** The newest events of a session without gaps, within bounds. */
export class RecentEvents {
  #events: { pair: EventPair; size: number }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(pair: EventPair, size: number): void {
    this.#events.push({ pair, size });
    this.#size += size;
    if (this.#events.length >= 2 * mostEvents || this.#size >= 2 * mostSize) this.#trim();
  }

  /** Events after `since`, up to the newest; undefined when some of them are not held any more. */
  after(since: number): readonly EventPair[] | undefined {
    const first = this.#events[0]?.pair.seq;
    if (first === undefined || since + 1 < first) return undefined;
    return this.#events.slice(since + 1 - first).map(({ pair }) => pair);
  }

  /** Cut rarely and then by half, so that each event is moved once. */
  #trim(): void {
    let kept = 0;
    let from = this.#events.length;
    while (from > 0 && this.#events.length - from < mostEvents) {
      const size = this.#events[from - 1]?.size ?? 0;
      if (kept + size > mostSize) break;
      kept += size;
      from -= 1;
    }
    this.#events = this.#events.slice(from);
    this.#size = kept;
  }
}

import type { Clock } from '../../ports/clock.ts';
import type { Relay } from '../../ports/relay.ts';
import type { Timers } from '../../ports/timers.ts';

/** How often a node says that it lives. */
const beatEveryMs = 5_000;
/** A node that was silent for this long is dead; it is noticed within 20 s of its last beat (rule RT8). */
const leaseMs = 14_000;

const topic = 'nodes';

export interface NodeWatchOptions {
  relay: Relay;
  clock: Clock;
  timers: Timers;
  onDeath(nodeId: string): void;
}

/** Knows which other nodes live, by their beats; time is this node's own, so that clocks need not agree. */
export class NodeWatch {
  readonly #heardAt = new Map<string, number>();
  readonly #options: NodeWatchOptions;
  readonly #stops: (() => void)[];

  constructor(options: NodeWatchOptions) {
    const { relay, timers } = options;
    this.#options = options;
    this.#stops = [
      relay.subscribe(topic, (_, nodeId) => this.heard(nodeId)),
      timers.every(beatEveryMs, () => {
        relay.publish(topic, 'alive');
        this.#sweep();
      }),
    ];
  }

  /** A sign of life. */
  heard(nodeId: string): void {
    this.#heardAt.set(nodeId, this.#options.clock.monotonicMs());
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #sweep(): void {
    const { clock, onDeath } = this.#options;
    for (const [nodeId, heardAt] of this.#heardAt) {
      if (clock.monotonicMs() - heardAt < leaseMs) continue;
      this.#heardAt.delete(nodeId);
      onDeath(nodeId);
    }
  }
}

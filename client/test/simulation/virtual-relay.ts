import type { Relay, RelayListener } from '../../../functions/src/ports/relay.ts';
import type { Chance } from './chance.ts';
import type { ProcessTime, VirtualTime } from './virtual-time.ts';

interface RelayNode {
  process: ProcessTime;
  listeners: Map<string, Set<RelayListener>>;
  gapListeners: Set<() => void>;
  /** When the last of its messages arrives: they keep their order. */
  lastAt: number;
}

const slowestMs = 20;

/** What servers say to each other: late, and not at all while the relay is away. */
export class VirtualRelays {
  readonly #nodes = new Map<string, RelayNode>();
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  #joined = 0;
  #away = false;

  constructor(time: VirtualTime, chance: Chance) {
    this.#time = time;
    this.#chance = chance;
  }

  join(process: ProcessTime): Relay {
    this.#joined += 1;
    const nodeId = `node-${this.#joined}`;
    const node: RelayNode = { process, listeners: new Map(), gapListeners: new Set(), lastAt: 0 };
    this.#nodes.set(nodeId, node);
    return {
      nodeId,
      publish: (topic, message) => this.#publish(nodeId, topic, message),
      subscribe: (topic, listener) => this.#subscribe(node, topic, listener),
      onGap: (listener) => {
        node.gapListeners.add(listener);
        return () => {
          node.gapListeners.delete(listener);
        };
      },
      close: async () => {
        this.#nodes.delete(nodeId);
      },
    };
  }

  /** Nothing is carried any more. */
  fail(): void {
    this.#away = true;
  }

  /** It works again, and whoever is there is told that messages may be missing. */
  heal(): void {
    if (!this.#away) return;
    this.#away = false;
    for (const { process, gapListeners } of this.#nodes.values()) {
      for (const listener of gapListeners) process.after(0, listener);
    }
  }

  #subscribe({ listeners }: RelayNode, topic: string, listener: RelayListener): () => void {
    const own: RelayListener = (...told) => listener(...told);
    listeners.set(topic, (listeners.get(topic) ?? new Set()).add(own));
    return () => {
      const left = listeners.get(topic);
      if (left?.delete(own) && left.size === 0) listeners.delete(topic);
    };
  }

  #publish(from: string, topic: string, message: unknown): void {
    if (this.#away || !this.#nodes.has(from)) return;
    const text = JSON.stringify(message);
    for (const [nodeId, node] of this.#nodes) {
      if (nodeId === from || node.process.dead) continue;
      node.lastAt = Math.max(node.lastAt, this.#time.now + this.#chance.next() * slowestMs);
      // Not a timer of the server: what is on its way is no burden of it.
      this.#time.after(node.lastAt - this.#time.now, () => {
        if (node.process.dead) return;
        for (const listener of node.listeners.get(topic) ?? []) listener(JSON.parse(text), from);
      });
    }
  }
}

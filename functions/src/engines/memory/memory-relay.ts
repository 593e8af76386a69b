import { newId } from '../../ids/new-id.ts';
import type { Relay, RelayListener } from '../../ports/relay.ts';

/** The place where relays of one process meet; a server by itself is alone at its own. */
export interface MemoryRelayHub {
  tell(topic: string, message: unknown, from: string): void;
  join(nodeId: string, listeners: ReadonlyMap<string, ReadonlySet<RelayListener>>): () => void;
}

export const createMemoryRelayHub = (): MemoryRelayHub => {
  const nodes = new Map<string, ReadonlyMap<string, ReadonlySet<RelayListener>>>();
  return {
    tell: (topic, message, from) => {
      // Nobody shares objects over a network either.
      const copy = nodes.size > 1 ? JSON.stringify(message) : undefined;
      for (const [nodeId, listeners] of nodes) {
        if (nodeId === from || copy === undefined) continue;
        for (const listener of listeners.get(topic) ?? []) listener(JSON.parse(copy), from);
      }
    },
    join: (nodeId, listeners) => {
      nodes.set(nodeId, listeners);
      return () => {
        nodes.delete(nodeId);
      };
    },
  };
};

/** Messages between servers of one process, delivered at once; nothing is ever missed. */
export const createMemoryRelay = (hub: MemoryRelayHub = createMemoryRelayHub()): Relay => {
  const nodeId = newId();
  const listeners = new Map<string, Set<RelayListener>>();
  const leave = hub.join(nodeId, listeners);
  let closed = false;
  return {
    nodeId,
    publish: (topic, message) => {
      if (!closed) hub.tell(topic, message, nodeId);
    },
    subscribe: (topic, listener) => {
      const own: RelayListener = (...told) => listener(...told);
      listeners.set(topic, (listeners.get(topic) ?? new Set()).add(own));
      return () => {
        const left = listeners.get(topic);
        if (left?.delete(own) && left.size === 0) listeners.delete(topic);
      };
    },
    onGap: () => () => undefined,
    close: async () => {
      closed = true;
      leave();
    },
  };
};

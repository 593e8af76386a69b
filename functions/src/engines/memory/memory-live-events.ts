import type { LiveAudience, LiveEvent, LiveEventSource, LiveEvents } from '../../ports/live-events.ts';

/** Live events within one process. */
export const createMemoryLiveEvents = (): LiveEvents & LiveEventSource => {
  const listeners = new Set<(audience: LiveAudience, event: LiveEvent) => void>();
  return {
    publish(audience, event) {
      for (const listener of listeners) listener(audience, event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

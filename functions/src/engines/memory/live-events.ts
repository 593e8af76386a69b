import type { LiveAudience, LiveEvent, LiveEventSource, LiveEvents } from '../../ports/live-events.ts';
import type { Relay } from '../../ports/relay.ts';

const topic = 'live';

/** Live events of this process, at once, and of the other nodes, over the relay. */
export const createLiveEvents = (relay: Relay): LiveEvents & LiveEventSource => {
  const listeners = new Set<(audience: LiveAudience, event: LiveEvent) => void>();
  const tell = (audience: LiveAudience, event: LiveEvent): void => {
    for (const listener of listeners) listener(audience, event);
  };
  relay.subscribe(topic, (message) => tell(...(message as [LiveAudience, LiveEvent])));
  return {
    publish(audience, event) {
      tell(audience, event);
      relay.publish(topic, [audience, event]);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

import { describeSignsOfLife } from '../../ports/signs-of-life.contract.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryRelay, createMemoryRelayHub } from './memory-relay.ts';
import { createSignsOfLife } from './signs-of-life.ts';

describeSignsOfLife('over a relay', async () => {
  const clock = createManualClock();
  const hub = createMemoryRelayHub();
  return {
    signs: createSignsOfLife({ clock, relay: createMemoryRelay(hub) }),
    otherNode: createSignsOfLife({ clock, relay: createMemoryRelay(hub) }),
    advance: async (milliseconds) => clock.advance(milliseconds),
  };
});

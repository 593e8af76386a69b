import { describeRelay } from '../../ports/relay.contract.ts';
import { createMemoryRelay, createMemoryRelayHub } from './memory-relay.ts';

describeRelay('memory', async () => {
  const hub = createMemoryRelayHub();
  return {
    relays: [createMemoryRelay(hub), createMemoryRelay(hub), createMemoryRelay(hub)],
    stranger: createMemoryRelay(),
    settle: async () => undefined,
  };
});

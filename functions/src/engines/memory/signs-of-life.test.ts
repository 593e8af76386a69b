import { describe, expect, it } from 'vitest';
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

describe('signs of life over a relay', () => {
  it('[RO6] are told to other nodes every five seconds at most, for each user', async () => {
    const clock = createManualClock();
    const hub = createMemoryRelayHub();
    const told: unknown[] = [];
    createMemoryRelay(hub).subscribe('signs of life', (userId) => told.push(userId));
    const signs = createSignsOfLife({ clock, relay: createMemoryRelay(hub) });
    for (let second = 0; second < 10; second += 1) {
      signs.note('a');
      if (second === 3) signs.note('b');
      clock.advance(1_000);
    }
    expect(told).toEqual(['a', 'b', 'a']);
  });
});

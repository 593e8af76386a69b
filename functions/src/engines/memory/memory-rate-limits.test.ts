import { describe, expect, it } from 'vitest';
import { describeRateLimits } from '../../ports/rate-limits.contract.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryRateLimits } from './memory-rate-limits.ts';

describeRateLimits('memory', async () => {
  const clock = createManualClock();
  return {
    limits: createMemoryRateLimits({ clock }),
    advance: async (milliseconds) => clock.advance(milliseconds),
  };
});

describe('memory rate limits', () => {
  it('[HT4] a flood from many addresses forgets quiet keys first and keeps the busy one', async () => {
    const limits = createMemoryRateLimits({ clock: createManualClock(), maximumKeys: 10 });
    await limits.hit('quiet', 1_000);
    for (let index = 0; index < 100; index += 1) {
      await limits.hit('busy', 1_000);
      await limits.hit(`flood-${index}`, 1_000);
    }
    expect((await limits.hit('busy', 1_000)).count).toBe(101);
    expect((await limits.hit('quiet', 1_000)).count).toBe(1);
  });

  it('[FA] a jump of the wall clock does not end a window', async () => {
    const clock = createManualClock();
    const limits = createMemoryRateLimits({ clock });
    await limits.hit('a', 1_000);
    clock.jump(86_400_000);
    expect((await limits.hit('a', 1_000)).count).toBe(2);
  });
});

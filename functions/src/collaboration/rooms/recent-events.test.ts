import { describe, expect, it } from 'vitest';
import { RecentEvents } from './recent-events.ts';
import type { EventPair } from './room-events.ts';

const pair = (seq: number): EventPair => {
  const tick = { event: 'session:tick', payload: { sessionId: 's', seq, at: '', by: 'x' } } as const;
  return { seq, forStaff: tick, forCustomers: tick };
};

const filled = (count: number, size: number): RecentEvents => {
  const events = new RecentEvents();
  for (let seq = 8; seq < 8 + count; seq += 1) events.add(pair(seq), size);
  return events;
};

describe('recent events', () => {
  it.each([
    ['few', 3, 10],
    ['many', 5_000, 10],
    ['large ones', 300, 20_000],
    ['one that is too large', 1, 3_000_000],
  ])('[RT4] gives all after a place or none: %s', (_name, count, size) => {
    const events = filled(count, size);
    const last = 7 + count;
    let held = 0;
    for (let since = 0; since <= last; since += 1) {
      const after = events.after(since);
      if (after === undefined) continue;
      held = Math.max(held, after.length);
      expect(after.map(({ seq }) => seq)).toEqual(
        Array.from({ length: last - since }, (_, index) => since + 1 + index),
      );
    }
    expect(held).toBeLessThan(1_000);
    expect(events.after(0)).toBeUndefined();
  });

  it('[RT11] holds a bounded amount', () => {
    expect(filled(10_000, 10).size).toBeLessThan(10_000);
    expect(filled(1_000, 50_000).size).toBeLessThan(2_000_000);
    expect(filled(5, 3_000_000).size).toBe(0);
  });
});

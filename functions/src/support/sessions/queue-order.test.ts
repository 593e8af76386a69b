import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Urgency, urgencies } from '../../protocol/enumerations.ts';
import { levelAfterMs, orderQueue } from './queue-order.ts';

const now = Date.parse('2026-03-01T12:00:00.000Z');

const waiting = (id: string, urgency: Urgency, waitedMs: number) => ({
  id,
  urgency,
  queuedAt: new Date(now - waitedMs).toISOString(),
});

const ids = (queue: readonly { id: string }[]) =>
  orderQueue(queue as ReturnType<typeof waiting>[], now).map(({ id }) => id);

describe('queue order', () => {
  it('[RO7] urgency comes first, then who has waited longest', () => {
    const queue = [
      waiting('low', 'low', 60_000),
      waiting('new', 'high', 1_000),
      waiting('old', 'high', 2_000),
      waiting('critical', 'critical', 0),
    ];
    expect(ids(queue)).toEqual(['critical', 'old', 'new', 'low']);
  });

  it('[RO7] waiting lifts the urgency, so that nobody waits for ever', () => {
    const queue = [waiting('low', 'low', 4 * levelAfterMs), waiting('critical', 'critical', 0)];
    expect(ids(queue)).toEqual(['low', 'critical']);
  });

  it('[RO7] the order is total: it does not depend on the order of arrival in the list', () => {
    const sessions = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        urgency: fc.constantFrom(...urgencies),
        waitedMs: fc.nat(5 * levelAfterMs),
      }),
      { selector: ({ id }) => id, minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(sessions, (list) => {
        const queue = list.map(({ id, urgency, waitedMs }) => waiting(id, urgency, waitedMs));
        expect(ids([...queue].reverse())).toEqual(ids(queue));
      }),
      { seed: 7 },
    );
  });
});

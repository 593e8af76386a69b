import { expect, test } from 'vitest';
import { Latencies } from './latencies.ts';

test('quantiles are the upper end of their step, and late ones are counted too', () => {
  const latencies = new Latencies();
  for (const ms of [0.05, 1.02, 1.04, 59.99, 60.01, 1_000_000]) latencies.note(ms);
  expect(latencies.count).toBe(6);
  expect(latencies.within(60)).toBe(4);
  expect(latencies.quantile(0.5)).toBeCloseTo(1.1);
  expect(latencies.quantile(1)).toBe(5_000);
});

test('what several processes counted adds up', () => {
  const [one, other] = [new Latencies(), new Latencies()];
  one.note(3);
  other.note(3);
  other.note(7);
  one.add(new Latencies(other.counts));
  expect(one.count).toBe(3);
  expect(one.within(5)).toBe(2);
});

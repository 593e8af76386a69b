import { expect, test } from 'vitest';
import { median, quantile } from './statistics.ts';

test('the median is the middle number, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a quantile is the smallest number that this share of the numbers does not exceed', () => {
  const numbers = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(numbers, 0.99)).toBe(99);
  expect(quantile(numbers, 0.5)).toBe(50);
  expect(quantile([7], 0.95)).toBe(7);
});

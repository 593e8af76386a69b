import { describe, expect, it } from 'vitest';
import {
  brierScore,
  calibrationBins,
  classFigures,
  expectedCalibrationError,
  macroF1,
  withInterval,
} from './figures.ts';
import { chooseOperatingPoint, operatingPoints } from './pressing-threshold.ts';

describe('figures', () => {
  it('[RO10] computes precision, recall and F1 by class', () => {
    const [first, second] = classFigures(['a', 'b'], ['a', 'a', 'b', 'b'], ['a', 'b', 'b', 'b']);
    expect(first).toMatchObject({ support: 2, precision: 1, recall: 0.5, f1: 2 / 3 });
    expect(second).toMatchObject({ support: 2, precision: 2 / 3, recall: 1, f1: 0.8 });
    expect(macroF1(['a', 'b', 'never'], ['a', 'a', 'b', 'b'], ['a', 'b', 'b', 'b'])).toBeCloseTo(
      (2 / 3 + 0.8) / 2,
    );
  });

  it('[RO10] measures calibration in bins of equal mass', () => {
    const claims = Array.from({ length: 100 }, (_, index) => ({ confidence: 0.8, isRight: index % 5 !== 0 }));
    expect(calibrationBins(claims).map(({ count }) => count)).toEqual(Array(10).fill(10));
    expect(expectedCalibrationError(claims)).toBeCloseTo(0);
    expect(expectedCalibrationError(claims.map(({ isRight }) => ({ confidence: 1, isRight })))).toBeCloseTo(
      0.2,
    );
  });

  it('[RO10] gives a perfect answer the Brier score 0 and a surely wrong one 2', () => {
    expect(brierScore(['a', 'b'], ['a'], [{ a: 1, b: 0 }])).toBe(0);
    expect(brierScore(['a', 'b'], ['a'], [{ a: 0, b: 1 }])).toBe(2);
  });

  it('[RO10] gives the same interval every time, around the value', () => {
    const values = Array.from({ length: 200 }, (_, index) => index % 2);
    const statistic = (sample: readonly number[]): number =>
      sample.reduce((sum, value) => sum + value, 0) / sample.length;
    const interval = withInterval(values, statistic);
    expect(interval).toEqual(withInterval(values, statistic));
    expect(interval.value).toBe(0.5);
    expect(interval.low).toBeGreaterThan(0.4);
    expect(interval.high).toBeLessThan(0.6);
  });

  it('[RO3] chooses the threshold with the largest margin from both limits', () => {
    const pressing = Array.from({ length: 100 }, (_, index) => 0.2 + index * 0.008);
    const calm = Array.from({ length: 100 }, (_, index) => index * 0.003);
    const points = operatingPoints(
      [...pressing, ...calm],
      [...pressing.map(() => true), ...calm.map(() => false)],
    );
    const point = chooseOperatingPoint(points);
    expect(point.recall).toBeGreaterThan(0.88);
    expect(point.falseAlarms).toBeLessThan(0.1);
  });
});

import { describe, expect, test } from 'vitest';
import { calibrationFrom, outcomesNeeded } from './calibration.ts';

const tenths = (rightShare: (confidence: number) => number, each: number) =>
  [0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95].map((confidence) => ({
    decisions: each,
    right: Math.round(each * rightShare(confidence)),
    confidenceSum: each * confidence,
  }));

describe('calibration', () => {
  test('[RO2] until 200 outcomes exist the labelled set holds, unchanged', () => {
    const few = calibrationFrom([{ decisions: outcomesNeeded - 1, right: 0, confidenceSum: 150 }]);
    expect(few.source).toBe('labelled-set');
    expect(few.apply(0.8)).toBe(0.8);
  });

  test('[RO2] from 200 outcomes on they are what confidence is calibrated on', () => {
    expect(calibrationFrom([{ decisions: outcomesNeeded, right: 120, confidenceSum: 150 }]).source).toBe(
      'outcomes',
    );
  });

  test('[RO2] of answers given with confidence near p about p are right, after confidence was too high', () => {
    const truth = (confidence: number) => confidence * 0.8;
    const { apply } = calibrationFrom(tenths(truth, 200));
    for (const confidence of [0.35, 0.55, 0.75, 0.95]) {
      expect(Math.abs(apply(confidence) - truth(confidence))).toBeLessThan(0.06);
    }
  });

  test('[RO2] outcomes that agree with the confidence change nothing worth speaking of', () => {
    const { apply } = calibrationFrom(tenths((confidence) => confidence, 100));
    for (const confidence of [0.3, 0.6, 0.9]) expect(apply(confidence)).toBeCloseTo(confidence, 1);
  });

  test.each([0, 1])('[RO2] outcomes that are all the same give probabilities, rising: all %i', (share) => {
    const { apply } = calibrationFrom(tenths(() => share, 100));
    const applied = [0, 0.2, 0.5, 0.8, 1].map(apply);
    for (const probability of applied) expect(probability >= 0 && probability <= 1).toBe(true);
    expect(applied).toEqual([...applied].sort((left, right) => left - right));
    if (share === 0) expect(apply(0.9)).toBeLessThan(0.2);
    else expect(apply(0.3)).toBeGreaterThan(0.8);
  });

  test('[RO2] outcomes that contradict the order of confidence never turn it round', () => {
    const { apply } = calibrationFrom(tenths((confidence) => 1 - confidence, 500));
    expect(apply(0.9)).toBeGreaterThanOrEqual(apply(0.3));
  });
});

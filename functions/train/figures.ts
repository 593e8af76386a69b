import { createRandom } from './random.ts';

export interface ClassFigures {
  readonly name: string;
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 500;

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Precision, recall and F1 of each class; a class that is neither labelled nor predicted counts 0. */
export function classFigures(
  names: readonly string[],
  labels: readonly string[],
  predictions: readonly string[],
): ClassFigures[] {
  return names.map((name) => {
    const hits = labels.filter((label, index) => label === name && predictions[index] === name).length;
    const support = labels.filter((label) => label === name).length;
    const called = predictions.filter((prediction) => prediction === name).length;
    return {
      name,
      support,
      precision: ratio(hits, called),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + called),
    };
  });
}

/** Mean F1 over the classes that occur in the labels. */
export function macroF1(
  names: readonly string[],
  labels: readonly string[],
  predictions: readonly string[],
): number {
  const present = classFigures(names, labels, predictions).filter(({ support }) => support > 0);
  return mean(present.map(({ f1 }) => f1));
}

export function mean(values: readonly number[]): number {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

export function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return ratio(items.filter(holds).length, items.length);
}

/** rows: labels, columns: predictions. */
export function confusion(
  names: readonly string[],
  labels: readonly string[],
  predictions: readonly string[],
): number[][] {
  return names.map((label) =>
    names.map(
      (prediction) =>
        labels.filter((value, index) => value === label && predictions[index] === prediction).length,
    ),
  );
}

/** A statistic with its 95 % percentile bootstrap interval (Efron 1979), seeded. */
export function withInterval<Item>(
  items: readonly Item[],
  statistic: (sample: readonly Item[]) => number,
): Interval {
  const random = createRandom(20260);
  const draws = Array.from({ length: RESAMPLES }, () =>
    statistic(items.map(() => items[Math.floor(random() * items.length)] as Item)),
  ).sort((left, right) => left - right);
  const at = (part: number): number => draws[Math.min(RESAMPLES - 1, Math.floor(part * RESAMPLES))] as number;
  return { value: statistic(items), low: at(0.025), high: at(0.975) };
}

export interface Claim {
  readonly confidence: number;
  readonly isRight: boolean;
}

export interface CalibrationBin {
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** Ten bins of equal mass, from the least to the most confident. */
export function calibrationBins(claims: readonly Claim[], bins = 10): CalibrationBin[] {
  const sorted = [...claims].sort((left, right) => left.confidence - right.confidence);
  return Array.from({ length: bins }, (_, bin) => {
    const members = sorted.slice(
      Math.floor((bin * sorted.length) / bins),
      Math.floor(((bin + 1) * sorted.length) / bins),
    );
    return {
      count: members.length,
      confidence: mean(members.map(({ confidence }) => confidence)),
      accuracy: share(members, ({ isRight }) => isRight),
    };
  });
}

/** Expected calibration error (Naeini et al. 2015) over bins of equal mass. */
export function expectedCalibrationError(claims: readonly Claim[]): number {
  const bins = calibrationBins(claims);
  return ratio(
    bins.reduce((sum, { count, confidence, accuracy }) => sum + count * Math.abs(confidence - accuracy), 0),
    claims.length,
  );
}

/** Multi-class Brier score: mean squared distance of the probabilities from the label (0 best, 2 worst). */
export function brierScore(
  names: readonly string[],
  labels: readonly string[],
  scores: readonly Record<string, number>[],
): number {
  return mean(
    labels.map((label, row) =>
      names.reduce((sum, name) => sum + ((scores[row]?.[name] ?? 0) - (name === label ? 1 : 0)) ** 2, 0),
    ),
  );
}

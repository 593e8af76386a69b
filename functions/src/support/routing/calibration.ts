import type { ConfidenceOutcome } from '../../ports/records.ts';

/** What a confidence was calibrated on. */
type CalibrationSource = 'labelled-set' | 'outcomes';

/** Turns the policy's probability into the share of such answers that turn out right. */
export interface Calibration {
  source: CalibrationSource;
  /** Never decreasing, so that the order of channels stays. */
  apply(probability: number): number;
}

/** Outcomes from which on they are believed more than the labelled set. */
export const outcomesNeeded = 200;

const labelledSetCalibration: Calibration = {
  source: 'labelled-set',
  apply: (probability) => probability,
};

/** Strength of the pull towards the labelled set (slope 1, offset 0), as of a Gaussian prior on both. */
const pull = 4;
const steps = 50;
const lowestSlope = 0.05;

const logit = (probability: number): number => {
  const bounded = Math.min(Math.max(probability, 1e-4), 1 - 1e-4);
  return Math.log(bounded / (1 - bounded));
};
const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

interface Line {
  offset: number;
  slope: number;
}

interface Tenth {
  x: number;
  decisions: number;
  right: number;
}

/** One Newton step of the penalised logistic regression of "right" on the log-odds of the confidence. */
const improved = (line: Line, tenths: readonly Tenth[]): Line => {
  const gradient = { offset: pull * line.offset, slope: pull * (line.slope - 1) };
  const curve = { offset: pull, both: 0, slope: pull };
  for (const { x, decisions, right } of tenths) {
    const p = logistic(line.offset + line.slope * x);
    const error = decisions * p - right;
    const weight = decisions * p * (1 - p);
    gradient.offset += error;
    gradient.slope += error * x;
    curve.offset += weight;
    curve.both += weight * x;
    curve.slope += weight * x * x;
  }
  const determinant = curve.offset * curve.slope - curve.both ** 2;
  return {
    offset: line.offset - (curve.slope * gradient.offset - curve.both * gradient.slope) / determinant,
    slope: line.slope - (curve.offset * gradient.slope - curve.both * gradient.offset) / determinant,
  };
};

/**
 * Calibration by outcomes: Platt's line on log-odds (Platt 1999), fitted to the tenths of confidence and pulled
 * towards "as the labelled set says", so that few outcomes change little. The labelled set holds alone until
 * `outcomesNeeded` outcomes exist.
 */
export const calibrationFrom = (
  outcomes: readonly Pick<ConfidenceOutcome, 'decisions' | 'right' | 'confidenceSum'>[],
): Calibration => {
  const total = outcomes.reduce((sum, { decisions }) => sum + decisions, 0);
  if (total < outcomesNeeded) return labelledSetCalibration;
  const tenths = outcomes
    .filter(({ decisions }) => decisions > 0)
    .map(({ decisions, right, confidenceSum }) => ({
      x: logit(confidenceSum / decisions),
      decisions,
      right,
    }));
  let line: Line = { offset: 0, slope: 1 };
  for (let step = 0; step < steps; step += 1) line = improved(line, tenths);
  const { offset } = line;
  const slope = Math.max(line.slope, lowestSlope);
  return { source: 'outcomes', apply: (probability) => logistic(offset + slope * logit(probability)) };
};

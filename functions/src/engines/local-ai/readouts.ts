import type { Readout } from './model-file.ts';

function linear(weights: readonly number[], readout: Readout, margins: ArrayLike<number>): number {
  let sum = weights[weights.length - 1] as number;
  for (let index = 0; index < readout.heads.length; index++) {
    sum += (weights[index] as number) * (margins[readout.heads[index] as number] as number);
  }
  return sum;
}

/** The value of a readout with a single row, such as complexity. */
export function readNumber(readout: Readout, margins: ArrayLike<number>): number {
  return linear(readout.weights[0] as readonly number[], readout, margins);
}

/** Probabilities of a readout's classes, in their order; they add up to 1. */
export function readProbabilities(readout: Readout, margins: ArrayLike<number>): number[] {
  const logits = readout.weights.map((weights) => linear(weights, readout, margins));
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

export function indexOfLargest(values: readonly number[]): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) > (values[best] as number)) best = index;
  }
  return best;
}

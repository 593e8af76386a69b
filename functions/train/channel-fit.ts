import { type Channel, channels } from '../src/protocol/enumerations.ts';
import {
  type IssueFeature,
  issueFeatureNames,
  issueFeatures,
} from '../src/support/routing/channel-features.ts';
import { cuesOf } from '../src/support/routing/issue-cues.ts';
import type { Judged } from './evaluation.ts';

/** Weights in log-odds: one row a feature, one column a channel. */
export type WeightRows = number[][];

/** Features of one message and the probability that its label gives to each channel. */
export interface FeatureRow {
  values: number[];
  target: number[];
}

export interface FitOptions {
  /** Strength of the pull towards zero (L2), in messages. */
  ridge: number;
  iterations: number;
}

/**
 * Share of the messages whose channel another judge would have named otherwise: the guide says to expect label
 * noise, and no wording may become so certain that a history or a thousand outcomes are not heard (rule RO4).
 */
export const labelDoubt = 0.04;

const targetOf = (channel: Channel): number[] =>
  channels.map((each) => (each === channel ? 1 - labelDoubt : 0) + labelDoubt / channels.length);

/** Rows of the messages that have a channel. */
export const featureRows = (judged: readonly Judged[]): FeatureRow[] =>
  judged.flatMap(({ message, analysis }) =>
    message.channel === undefined
      ? []
      : [
          {
            values: issueFeatures(analysis, undefined, cuesOf(message.text)),
            target: targetOf(message.channel),
          },
        ],
  );

const softmax = (logits: readonly number[]): number[] => {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

/** Probability of each channel under the weights. */
const probabilitiesOf = (weights: WeightRows, values: readonly number[]): number[] =>
  softmax(
    channels.map((_, channel) =>
      values.reduce((sum, value, feature) => sum + value * (weights[feature]?.[channel] ?? 0), 0),
    ),
  );

const zeros = (): WeightRows => issueFeatureNames.map(() => channels.map(() => 0));

const gradientOf = (rows: readonly FeatureRow[], weights: WeightRows, ridge: number): WeightRows => {
  const gradient = weights.map((row) => row.map((weight) => ridge * weight));
  for (const { values, target } of rows) {
    const errors = probabilitiesOf(weights, values).map((p, channel) => p - (target[channel] ?? 0));
    values.forEach((value, feature) => {
      const row = gradient[feature];
      if (value === 0 || row === undefined) return;
      errors.forEach((error, channel) => {
        row[channel] = (row[channel] ?? 0) + error * value;
      });
    });
  }
  return gradient;
};

/** Running means of a weight's gradient and of its square (Adam, Kingma and Ba 2015). */
interface Moments {
  mean: number;
  square: number;
}

const stepOf = (moments: Moments, gradient: number, step: number): number => {
  moments.mean = 0.9 * moments.mean + 0.1 * gradient;
  moments.square = 0.99 * moments.square + 0.01 * gradient * gradient;
  return moments.mean / (1 - 0.9 ** step) / (Math.sqrt(moments.square / (1 - 0.99 ** step)) + 1e-8);
};

/** Multinomial logistic regression on all rows at once: the same rows give the same weights. */
export const fitWeights = (rows: readonly FeatureRow[], { ridge, iterations }: FitOptions): WeightRows => {
  const weights = zeros();
  const moments = weights.map((row) => row.map((): Moments => ({ mean: 0, square: 0 })));
  for (let step = 1; step <= iterations; step += 1) {
    const gradient = gradientOf(rows, weights, ridge);
    const rate = 0.08 * (1 - (step - 1) / iterations);
    weights.forEach((row, feature) => {
      row.forEach((weight, channel) => {
        const known = moments[feature]?.[channel];
        if (known) row[channel] = weight - rate * stepOf(known, gradient[feature]?.[channel] ?? 0, step);
      });
    });
  }
  return weights;
};

/** The weights by name, for the hand that rounds them. */
export const weightsTable = (weights: WeightRows): string =>
  issueFeatureNames
    .map((feature: IssueFeature, index) => {
      const cells = (weights[index] ?? []).map((weight) => weight.toFixed(2).padStart(7));
      return `${feature.padEnd(24)}${cells.join('')}`;
    })
    .join('\n');

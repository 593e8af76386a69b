import { type Channel, channels } from '../src/protocol/enumerations.ts';
import {
  type IssueFeature,
  issueFeatureNames,
  issueFeatures,
} from '../src/support/routing/channel-features.ts';
import { cuesOf } from '../src/support/routing/issue-cues.ts';
import type { ChannelExample } from './channel-rows.ts';

/** Weights in log-odds: one row a feature, one column a channel. */
export type WeightRows = number[][];

export interface FitOptions {
  /** Strength of the pull towards zero (L2), in examples. */
  ridge: number;
  iterations: number;
}

export interface FeatureRow {
  values: number[];
  channel: number;
}

export const featureRow = (example: ChannelExample): FeatureRow => ({
  values: issueFeatures(example.analysis, undefined, cuesOf(example.text)),
  channel: channels.indexOf(example.channel),
});

const softmax = (logits: number[]): number[] => {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

/** Probability of each channel under the weights. */
export const probabilitiesOf = (weights: WeightRows, values: number[]): number[] =>
  softmax(
    channels.map((_, channel) =>
      values.reduce((sum, value, feature) => sum + value * (weights[feature]?.[channel] ?? 0), 0),
    ),
  );

const gradientOf = (rows: readonly FeatureRow[], weights: WeightRows, ridge: number): WeightRows => {
  const gradient = weights.map((row) => row.map((weight) => ridge * weight));
  for (const row of rows) {
    const errors = probabilitiesOf(weights, row.values).map(
      (p, channel) => p - (channel === row.channel ? 1 : 0),
    );
    row.values.forEach((value, feature) => {
      if (value === 0) return;
      const target = gradient[feature];
      errors.forEach((error, channel) => {
        if (target !== undefined) target[channel] = (target[channel] ?? 0) + error * value;
      });
    });
  }
  return gradient;
};

/** Multinomial logistic regression by RMS-scaled gradient steps: deterministic, no starting point to choose. */
export const fitWeights = (rows: readonly FeatureRow[], options: FitOptions): WeightRows => {
  const zero = (): WeightRows => issueFeatureNames.map(() => channels.map(() => 0));
  const weights = zero();
  const momentum = zero();
  const scale = zero();
  for (let step = 1; step <= options.iterations; step += 1) {
    const gradient = gradientOf(rows, weights, options.ridge);
    const rate = 0.08 * (1 - (step - 1) / options.iterations);
    weights.forEach((row, feature) => {
      row.forEach((weight, channel) => {
        const g = gradient[feature]?.[channel] ?? 0;
        const m = 0.9 * (momentum[feature]?.[channel] ?? 0) + 0.1 * g;
        const s = 0.99 * (scale[feature]?.[channel] ?? 0) + 0.01 * g * g;
        (momentum[feature] as number[])[channel] = m;
        (scale[feature] as number[])[channel] = s;
        const corrected = m / (1 - 0.9 ** step) / (Math.sqrt(s / (1 - 0.99 ** step)) + 1e-8);
        row[channel] = weight - rate * corrected;
      });
    });
  }
  return weights;
};

/** The weights with their names, for printing. */
export const namedWeights = (
  weights: WeightRows,
): { feature: IssueFeature; weights: Record<Channel, number> }[] =>
  issueFeatureNames.map((feature, index) => ({
    feature,
    weights: Object.fromEntries(channels.map((c, i) => [c, weights[index]?.[i] ?? 0])) as Record<
      Channel,
      number
    >,
  }));

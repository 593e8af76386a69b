import { describe, expect, test } from 'vitest';
import { channels } from '../src/protocol/enumerations.ts';
import { sampleAnalysis } from '../src/testing/told-ai-engine.ts';
import { channelFigures, judgeChannels } from './channel-figures.ts';
import { featureRows, fitWeights } from './channel-fit.ts';
import type { Judged } from './evaluation.ts';

const judged = (channel: (typeof channels)[number] | undefined, visualProbability: number): Judged => ({
  message: {
    text: 'Look at this',
    category: 'technical',
    sentiment: 'neutral',
    urgency: 'medium',
    complexity: 3,
    visual: visualProbability > 0.5,
    language: 'en',
    ...(channel && { channel }),
  },
  analysis: sampleAnalysis({ visualProbability, visual: visualProbability > 0.5 }),
});

describe('channel figures', () => {
  test('[RO10] are of the messages that name a channel, with probabilities that add up to one', () => {
    const [first, ...others] = judgeChannels([judged('co-browse', 0.95), judged(undefined, 0.1)]);
    expect(others).toEqual([]);
    expect(first?.route).toBe('co-browse');
    expect(channels.reduce((sum, channel) => sum + (first?.scores[channel] ?? 0), 0)).toBeCloseTo(1);
    expect(channelFigures([judged(undefined, 0.1)])).toBe('');
  });

  test('[RO10] stand beside the constant predictor', () => {
    const text = channelFigures([
      judged('co-browse', 0.95),
      judged('co-browse', 0.95),
      judged('live-chat', 0.95),
    ]);
    expect(text).toContain('| channel accuracy | 0.667 |');
    expect(text).toMatch(/channel Brier \| \d\.\d{3} \| \d\.\d{3} - \d\.\d{3} \| 0\.444 \|/);
  });

  test('[RO1] the fit learns what separates channels, and the same rows give the same weights', () => {
    const rows = featureRows([judged('co-browse', 0.9), judged('live-chat', 0.1)]);
    const options = { ridge: 0.1, iterations: 100 };
    const weights = fitWeights(rows, options);
    expect(weights).toEqual(fitWeights(rows, options));
    const score = (row: number, channel: 'co-browse' | 'live-chat'): number =>
      (rows[row]?.values ?? []).reduce(
        (sum, value, feature) => sum + value * (weights[feature]?.[channels.indexOf(channel)] ?? 0),
        0,
      );
    expect(score(0, 'co-browse')).toBeGreaterThan(score(0, 'live-chat'));
    expect(score(1, 'live-chat')).toBeGreaterThan(score(1, 'co-browse'));
  });
});

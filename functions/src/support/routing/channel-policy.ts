import type { DecisionFactor, ScoredChannel } from '../../ports/records.ts';
import { type Channel, channels } from '../../protocol/enumerations.ts';
import { hoursTerms, policyTerms } from './channel-terms.ts';
import { closedShare, isPersonChannel, temperature } from './channel-weights.ts';
import type { Availability, PolicyInput } from './policy-input.ts';
import type { Term } from './policy-term.ts';
import { alternativeReason, type Contribution, reasoningFor } from './reasoning.ts';

export interface Recommendation {
  route: Channel;
  /** On the scale of the labelled set, before any calibration by outcomes. */
  confidence: number;
  alternatives: ScoredChannel[];
  factors: DecisionFactor[];
  reasoning: string;
}

const logitOf = (terms: readonly Term[], channel: Channel): number =>
  terms.reduce((sum, term) => sum + term.weights[channel], 0);

/**
 * Softmax over the offered channels. Outside business hours a channel that needs a person keeps only
 * `closedShare` of its probability; the rest goes to nobody, because nobody is there.
 */
const scoresOf = (terms: readonly Term[], availability: Availability): Map<Channel, number> => {
  const logits = availability.offered.map((channel) => logitOf(terms, channel) / temperature);
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return new Map(
    availability.offered.map((channel, index) => {
      const share = !availability.open && isPersonChannel(channel) ? closedShare : 1;
      return [channel, ((powers[index] ?? 0) / sum) * share];
    }),
  );
};

/** What each term adds to each channel is told against its mean over the offered ones. */
const contributionsFor = (terms: readonly Term[], offered: readonly Channel[]) => {
  const means = terms.map(({ weights }) => {
    let sum = 0;
    for (const channel of offered) sum += weights[channel];
    return sum / offered.length;
  });
  return (channel: Channel): Contribution[] =>
    terms
      .map((term, index) => {
        const contribution = term.weights[channel] - (means[index] ?? 0);
        return { name: term.name, contribution, value: () => term.value(channel, contribution >= 0) };
      })
      .sort((left, right) => Math.abs(right.contribution) - Math.abs(left.contribution));
};

const asFactor = ({ name, contribution, value }: Contribution): DecisionFactor => ({
  name,
  value: value(),
  contribution: Math.round(contribution * 1_000) / 1_000,
});

/** Channels by score, equal ones in the order of the enumeration. */
const ranked = (scores: ReadonlyMap<Channel, number>): [Channel, number][] =>
  channels
    .flatMap((channel): [Channel, number][] => {
      const score = scores.get(channel);
      return score === undefined ? [] : [[channel, score]];
    })
    .sort((left, right) => right[1] - left[1]);

/**
 * Recommends a channel: a sum of log-odds per channel over readable terms (channel-weights.ts), a softmax over
 * the channels the shop offers. Pure: the same input gives the same recommendation.
 */
export const recommendChannel = (input: PolicyInput): Recommendation => {
  const { offered } = input.availability;
  const terms = policyTerms(input);
  const [best, ...others] = ranked(scoresOf(terms, input.availability));
  if (best === undefined) throw new Error('a shop offers at least one channel');
  const [route, confidence] = best;
  const contributions = contributionsFor([...terms, ...hoursTerms(input.availability)], offered);
  const speaking = contributions(route);
  return {
    route,
    confidence,
    factors: speaking.map(asFactor),
    reasoning: reasoningFor(route, speaking),
    alternatives: others.map(([channel, score]) => ({
      route: channel,
      score,
      reason: alternativeReason(channel, contributions(channel)),
    })),
  };
};

import { type Channel, channels } from '../../protocol/enumerations.ts';
import { issueFeatureNames, issueFeatures } from './channel-features.ts';
import {
  busyWeight,
  type ChannelWeights,
  closedShare,
  historyWeights,
  isPersonChannel,
  issueWeights,
  outcomePrior,
} from './channel-weights.ts';
import { describe } from './factor-words.ts';
import { type CueName, cueNames, cuePatterns } from './issue-cues.ts';
import { areRelated } from './issue-reading.ts';
import type { Availability, PolicyInput, Tally } from './policy-input.ts';

/** One summand of the policy, as it is shown: several features of one kind make one term. */
export interface Term {
  name: string;
  weights: ChannelWeights;
  /** What was seen, in words that can stand in a sentence about the channel. */
  value(channel: Channel): string;
}

const byChannel = (weight: (channel: Channel) => number): ChannelWeights => ({
  'ai-chatbot': weight('ai-chatbot'),
  'live-chat': weight('live-chat'),
  'co-browse': weight('co-browse'),
  'video-call': weight('video-call'),
});

const logit = (rate: number): number => Math.log(rate / (1 - rate));

/** A feature's place in the row of features, with its weights. */
interface WeighedFeature {
  index: number;
  weights: ChannelWeights;
}

const isOf = (group: string, feature: string): boolean =>
  feature === group || feature.startsWith(`${group}:`);

const groupOf = (group: string): WeighedFeature[] =>
  issueFeatureNames.flatMap((feature, index) =>
    isOf(group, feature) ? [{ index, weights: issueWeights[feature] }] : [],
  );

const groups = {
  base: groupOf('base'),
  category: groupOf('category'),
  urgency: groupOf('urgency'),
  sentiment: groupOf('sentiment'),
  emotion: groupOf('emotion'),
  complexity: groupOf('complexity'),
  visual: groupOf('visual'),
  language: groupOf('language'),
};

const weigh = (group: readonly WeighedFeature[], features: readonly number[]): ChannelWeights => {
  const sum = { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 0, 'video-call': 0 };
  for (const { index, weights } of group) {
    const value = features[index] ?? 0;
    if (value !== 0) for (const channel of channels) sum[channel] += value * weights[channel];
  }
  return sum;
};

/** What the words of an issue ask for: the same term each time it is seen. */
const cueTerms: ReadonlyMap<CueName, Term> = new Map(
  cueNames.map((cue) => [
    cue,
    { name: cue, weights: issueWeights[`cue:${cue}`], value: () => cuePatterns[cue].phrase },
  ]),
);

/** Terms of the issue itself. */
const issueTerms = ({ analysis, urgency, reading }: PolicyInput): Term[] => {
  const features = issueFeatures(analysis, urgency, reading.cues);
  const term = (name: keyof typeof groups, value: () => string): Term => ({
    name,
    value,
    weights: weigh(groups[name], features),
  });
  const terms = [
    term('base', () => describe.base),
    term('category', () => describe.category(analysis.category, reading.subject?.phrase)),
    term('urgency', () => describe.urgency(urgency ?? analysis.urgency, urgency !== undefined)),
    term('sentiment', () => describe.sentiment[analysis.sentiment]),
    term('emotion', () => describe.emotion(analysis.emotion)),
    term('complexity', () => describe.complexity(analysis.complexity)),
    term('visual', () => describe.visual(analysis.visualProbability)),
  ];
  if (analysis.language === 'other') terms.push(term('language', () => describe.otherLanguage));
  for (const cue of reading.cues) {
    const known = cueTerms.get(cue);
    if (known !== undefined) terms.push(known);
  }
  return terms;
};

/**
 * Log-odds by which the mean of a Beta posterior differs from its prior mean: the prior counts as `sessions`
 * sessions of which the share `rate` ended well (conjugate update of a Bernoulli rate).
 */
export const betaShift = (prior: { rate: number; sessions: number }, tally: Tally): number => {
  const rate = (prior.rate * prior.sessions + tally.resolved) / (prior.sessions + tally.ended);
  return logit(rate) - logit(prior.rate);
};

const none: Tally = { ended: 0, resolved: 0 };

const preferenceTerm = (preferred: Channel, { ended, resolved }: Tally): Term => {
  const weight = resolved * 2 > ended ? historyWeights.preferredAndProven : historyWeights.preferred;
  return {
    name: 'preferredChannel',
    weights: byChannel((channel) => (channel === preferred ? weight : 0)),
    value: (channel) => describe.preferred(channel, preferred),
  };
};

const ownHistoryTerm = ({ tallies }: PolicyInput['history'], counts: number): Term => ({
  name: 'ownHistory',
  weights: byChannel((channel) => {
    const { ended, resolved } = tallies[channel] ?? none;
    return betaShift(historyWeights.ownPrior, { ended: ended * counts, resolved: resolved * counts });
  }),
  value: (channel) => describe.ownHistory(tallies[channel] ?? none),
});

const historyTerms = ({ history, reading }: PolicyInput): Term[] => {
  const terms: Term[] = [];
  const { preferredChannel, previousIssues, tallies } = history;
  const related = previousIssues.find((earlier) => areRelated(reading, earlier));
  if (preferredChannel !== undefined) {
    terms.push(preferenceTerm(preferredChannel, tallies[preferredChannel] ?? none));
  }
  if (related !== undefined) {
    const value = () => describe.recurring(related.issue);
    terms.push({ name: 'relatedIssue', weights: historyWeights.recurring, value });
  }
  if (channels.some((channel) => (tallies[channel]?.ended ?? 0) > 0)) {
    terms.push(ownHistoryTerm(history, related === undefined ? 1 : historyWeights.relatedSuccessCounts));
  }
  return terms;
};

/**
 * Outcomes of all customers. The prior rate is the pooled one of the kind, so that a kind which ends badly
 * everywhere speaks against no channel.
 */
const outcomeTerms = ({ outcomes }: PolicyInput): Term[] => {
  const total = { ...none };
  for (const channel of channels) {
    total.ended += outcomes[channel]?.ended ?? 0;
    total.resolved += outcomes[channel]?.resolved ?? 0;
  }
  if (total.ended === 0) return [];
  const { sessions, rateSessions } = outcomePrior;
  const rate = (outcomePrior.rate * rateSessions + total.resolved) / (rateSessions + total.ended);
  const weights = byChannel((channel) => betaShift({ rate, sessions }, outcomes[channel] ?? none));
  return [{ name: 'outcomes', weights, value: (channel) => describe.outcomes(outcomes[channel] ?? none) }];
};

const busyTerms = ({ availability }: PolicyInput): Term[] => {
  const { busy } = availability;
  if (busy.length === 0) return [];
  const weights = byChannel((channel) => (busy.includes(channel) ? busyWeight : 0));
  return [{ name: 'workload', weights, value: (channel) => describe.workload(busy.includes(channel)) }];
};

/** Terms that the softmax adds up. */
export const policyTerms = (input: PolicyInput): Term[] => [
  ...issueTerms(input),
  ...historyTerms(input),
  ...outcomeTerms(input),
  ...busyTerms(input),
];

const closedTerm: Term = {
  name: 'businessHours',
  weights: byChannel((channel) => (isPersonChannel(channel) ? Math.log(closedShare) : 0)),
  value: (channel) => describe.closed(isPersonChannel(channel)),
};

/** Shown with the others, applied after the softmax. */
export const hoursTerms = ({ open }: Availability): Term[] => (open ? [] : [closedTerm]);

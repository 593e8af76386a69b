import { channels } from '../../protocol/enumerations.ts';
import { issueFeatureNames, issueFeatures } from './channel-features.ts';
import {
  busyWeight,
  type ChannelWeights,
  closedShare,
  isPersonChannel,
  issueWeights,
} from './channel-weights.ts';
import { describe } from './factor-words.ts';
import { type CueName, cueNames, cuePatterns } from './issue-cues.ts';
import { historyTerms, outcomeTerms } from './past-terms.ts';
import type { Availability, PolicyInput } from './policy-input.ts';
import { byChannel, type Term } from './policy-term.ts';

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
    term('category', () => describe.category(analysis.category, reading.subject, analysis.language)),
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

import type { Analysis } from '../../ports/ai-engine.ts';
import { categories, type Urgency, urgencies } from '../../protocol/enumerations.ts';
import { type CueName, cueNames } from './issue-cues.ts';

/**
 * What the policy sees of an issue, each as a number: probabilities and shares are 0..1, a cue is 0 or 1,
 * complexity counts points above a step. `visual` and complexity are taken against the usual issue, so that an
 * ordinary value speaks for no channel.
 */
export const issueFeatureNames = [
  'base',
  ...categories.map((category) => `category:${category}` as const),
  ...urgencies.map((urgency) => `urgency:${urgency}` as const),
  'sentiment:negative',
  'sentiment:positive',
  'emotion:upset',
  'emotion:worried',
  'emotion:confused',
  'complexity:above1',
  'complexity:above3',
  'complexity:above5',
  'visual',
  'language:other',
  ...cueNames.map((cue) => `cue:${cue}` as const),
] as const;

export type IssueFeature = (typeof issueFeatureNames)[number];

/** The parts of an analysis that the policy looks at. */
export type PolicyAnalysis = Pick<
  Analysis,
  'scores' | 'urgencyScores' | 'score' | 'emotion' | 'complexity' | 'visualProbability' | 'language'
>;

/** Means over the labelled set; only the split between `base` and these features rests on them. */
export const usualIssue = { visual: 0.2, above1: 2.3, above3: 0.8, above5: 0.25 } as const;

const upset: ReadonlySet<string> = new Set(['angry', 'frustrated', 'disappointed']);
const asNumber = (condition: boolean): number => (condition ? 1 : 0);

/**
 * The features of an issue in the order of `issueFeatureNames`; an urgency that the customer states replaces
 * the predicted one.
 */
export const issueFeatures = (
  analysis: PolicyAnalysis,
  stated: Urgency | undefined,
  cues: ReadonlySet<CueName>,
): number[] => {
  const { scores, urgencyScores, score, emotion, complexity, visualProbability, language } = analysis;
  const above = (step: number): number => Math.max(0, complexity - step);
  return [
    1,
    ...categories.map((category) => scores[category]),
    ...urgencies.map((urgency) =>
      stated === undefined ? urgencyScores[urgency] : asNumber(stated === urgency),
    ),
    Math.max(0, -score),
    Math.max(0, score),
    asNumber(upset.has(emotion)),
    asNumber(emotion === 'worried'),
    asNumber(emotion === 'confused'),
    above(1) - usualIssue.above1,
    above(3) - usualIssue.above3,
    above(5) - usualIssue.above5,
    visualProbability - usualIssue.visual,
    asNumber(language === 'other'),
    ...cueNames.map((cue) => asNumber(cues.has(cue))),
  ];
};

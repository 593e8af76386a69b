import { median } from '../statistics.ts';
import type { SubjectName } from './field.ts';
import { ratios, type Sample, type Samples } from './rounds.ts';

interface Goal {
  text: string;
  subject: SubjectName;
  against: keyof Sample;
  least: number;
}

const goals: readonly Goal[] = [
  { text: 'GET /me, of bare Express', subject: 'me', against: 'express', least: 0.5 },
  { text: 'cached route, of bare Express', subject: 'cached', against: 'express', least: 0.35 },
  { text: 'uncached route, of bare Express', subject: 'uncached', against: 'express', least: 0.22 },
  { text: 'cached route, of the usual stack', subject: 'cached', against: 'usual', least: 1.2 },
];

/** How a goal was met. */
export interface GoalResult {
  text: string;
  least: number;
  reached: number;
  met: boolean;
}

/** Compares the medians with what Proofdesk promises; goals of subjects that were not measured are left out. */
export const judgeGoals = (samples: Samples): GoalResult[] =>
  goals.flatMap(({ text, subject, against, least }) => {
    const taken = samples.get(subject);
    if (taken === undefined) return [];
    const reached = median(ratios(taken, 'subject', against));
    return [{ text, least, reached, met: reached >= least }];
  });

import { createClassifier } from '../../src/documentation/facts/messages/classify-message.ts';
import { classFigures, type Interval, macroF1, withInterval } from '../figures.ts';
import { commitKinds, type LabelledCommit } from './labelled-commits.ts';

export interface ClassifierFigures {
  name: string;
  commits: number;
  engine: Interval;
  plain: Interval;
  constant: number;
  kinds: ReturnType<typeof classFigures>;
}

/** An improvement is neither a feature nor a repair where only three kinds are told apart. */
export const predictKind = ({ message, paths }: LabelledCommit): string => {
  const kind = createClassifier(paths)(message);
  return kind === 'improvement' ? 'other' : kind;
};

/** Macro-F1 of the classifier on labelled commits, with what a plain one and a constant answer reach beside it. */
export const classifierFigures = (
  name: string,
  commits: readonly LabelledCommit[],
  plain: (message: string) => string,
): ClassifierFigures => {
  const judged = commits.map((commit) => ({
    label: commit.kind,
    engine: predictKind(commit),
    plain: plain(commit.message),
  }));
  const score = (side: 'engine' | 'plain') => (sample: readonly (typeof judged)[number][]) =>
    macroF1(
      commitKinds,
      sample.map(({ label }) => label),
      sample.map((item) => item[side]),
    );
  const labels = judged.map(({ label }) => label);
  return {
    name,
    commits: commits.length,
    engine: withInterval(judged, score('engine')),
    plain: withInterval(judged, score('plain')),
    constant: Math.max(
      ...commitKinds.map((kind) =>
        macroF1(
          commitKinds,
          labels,
          labels.map(() => kind),
        ),
      ),
    ),
    kinds: classFigures(
      commitKinds,
      labels,
      judged.map(({ engine }) => engine),
    ),
  };
};

import { type Interval, withInterval } from '../figures.ts';

/** What one commit should give and what was found. */
export interface JudgedCommit {
  expected: string[];
  found: string[];
}

export interface KindFigures {
  kind: string;
  expected: number;
  found: number;
  precision: Interval;
  recall: Interval;
}

const kindOf = (line: string): string => line.split(' ', 1)[0] ?? '';

const count = (commits: readonly JudgedCommit[], side: keyof JudgedCommit, kind: string | undefined) =>
  commits.reduce(
    (sum, commit) => sum + commit[side].filter((line) => !kind || kindOf(line) === kind).length,
    0,
  );

const hits = (commits: readonly JudgedCommit[], kind: string | undefined): number =>
  commits.reduce(
    (sum, { expected, found }) =>
      sum + found.filter((line) => (!kind || kindOf(line) === kind) && expected.includes(line)).length,
    0,
  );

const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

const figures = (commits: readonly JudgedCommit[], kind: string | undefined): KindFigures => ({
  kind: kind ?? 'all',
  expected: count(commits, 'expected', kind),
  found: count(commits, 'found', kind),
  precision: withInterval(commits, (sample) => ratio(hits(sample, kind), count(sample, 'found', kind))),
  recall: withInterval(commits, (sample) => ratio(hits(sample, kind), count(sample, 'expected', kind))),
});

/** Precision and recall of each kind of fact, with 95 % intervals over commits. A fact is right as a whole or wrong. */
export const detectorFigures = (commits: readonly JudgedCommit[]): KindFigures[] => {
  const kinds = new Set(commits.flatMap(({ expected, found }) => [...expected, ...found].map(kindOf)));
  return [...[...kinds].sort(), undefined].map((kind) => figures(commits, kind));
};

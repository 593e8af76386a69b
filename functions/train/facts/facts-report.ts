import type { Interval } from '../figures.ts';
import type { ClassifierFigures } from './classifier-figures.ts';
import { detectorFigures, type JudgedCommit, type KindFigures } from './detector-figures.ts';

export interface FactsResults {
  generated: { commits: number; figures: KindFigures[] };
  handwritten: (JudgedCommit & { name: string })[];
  classifier: ClassifierFigures[];
}

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const three = (value: number): string => value.toFixed(3);
const interval = ({ value, low, high }: Interval): string =>
  `${three(value)} (${three(low)} - ${three(high)})`;

const kindTable = (figures: readonly KindFigures[]): string =>
  table(
    ['kind', 'expected', 'found', 'precision (95 %)', 'recall (95 %)'],
    figures.map(({ kind, expected, found, precision, recall }) => [
      kind,
      String(expected),
      String(found),
      interval(precision),
      interval(recall),
    ]),
  );

const isRight = ({ expected, found }: JudgedCommit): boolean =>
  expected.length === found.length && expected.every((line) => found.includes(line));

const missed = ({ name, expected, found }: JudgedCommit & { name: string }): string => {
  const lost = expected.filter((line) => !found.includes(line)).map((line) => `missed \`${line}\``);
  const extra = found.filter((line) => !expected.includes(line)).map((line) => `wrong \`${line}\``);
  return `- ${name}: ${[...lost, ...extra].join(', ')}`;
};

const classifierTable = (figures: readonly ClassifierFigures[]): string =>
  table(
    ['commits', 'number', 'macro-F1 (95 %)', 'plain naive Bayes (95 %)', 'constant answer'],
    figures.map(({ name, commits, engine, plain, constant }) => [
      name,
      String(commits),
      interval(engine),
      interval(plain),
      three(constant),
    ]),
  );

const kindsOf = ({ name, kinds }: ClassifierFigures): string =>
  table(
    [name, 'support', 'precision', 'recall', 'F1'],
    kinds.map((kind) => [
      kind.name,
      String(kind.support),
      three(kind.precision),
      three(kind.recall),
      three(kind.f1),
    ]),
  );

/** The report of `npm run evaluate:facts`. It has no date in it, so that it changes only when a figure does. */
export const factsReport = ({
  generated,
  handwritten,
  classifier,
}: FactsResults): string => `# How well facts are found

Made by \`npm run evaluate:facts\`. A fact counts as right only when kind, change and subject all are; intervals are bootstraps over commits.

## Detectors, ${generated.commits} commits of generated repositories

The truth is known by construction. Products are written in eight styles; one of them (routes from a table of another file) is one that the detectors are known not to follow, and lowers the recall.

${kindTable(generated.figures)}

## Detectors, ${handwritten.length} commits written by hand

${handwritten.filter(isRight).length} of ${handwritten.length} are wholly right. The others:

${handwritten
  .filter((commit) => !isRight(commit))
  .map(missed)
  .join('\n')}

${kindTable(detectorFigures(handwritten))}

## Kinds of messages without a conventional prefix

Feature, bug fix or other, from message and paths. The blind set was written before the classifier was first run on it and never used to choose anything. The history of this project has its conventional prefixes taken away; its labels come from them. The plain classifier is naive Bayes over the words, trained on the tuning set (so its figure there is one on its own training data).

${classifierTable(classifier)}

${classifier.map(kindsOf).join('\n\n')}
`;

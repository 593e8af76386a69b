import {
  firstWordWeights,
  type KindWeights,
  pathWeights,
  priorWeights,
  shapeWeights,
  wordWeights,
} from './kind-weights.ts';
import type { MessageKind } from './message-entry.ts';

/** A path that a commit touched. */
export interface TouchedPath {
  path: string;
  isNew: boolean;
}

const kinds = ['feature', 'bug-fix', 'improvement', 'other'] as const satisfies MessageKind[];

const testPath = /(^|\/)(tests?|__tests__|specs?|e2e)\/|\.(test|spec)\.\w+$/;
const sourcePath = /\.([cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|vue|svelte|c|cc|cpp|h)$/;

const fewFiles = 2;
const manyFiles = 20;

const pathCues = (paths: readonly TouchedPath[]): KindWeights[] => {
  if (paths.length === 0) return [];
  const cues = pathWeights
    .filter(([pattern]) => paths.every(({ path }) => pattern.test(path)))
    .map(([, weights]) => weights);
  const sources = paths.filter(({ path }) => sourcePath.test(path) && !testPath.test(path));
  const isNew = sources.some((touched) => touched.isNew);
  if (isNew) cues.push(shapeWeights.newSource);
  if (
    !isNew &&
    sources.length > 0 &&
    sources.length < paths.length &&
    paths.some(({ path }) => testPath.test(path))
  ) {
    cues.push(shapeWeights.changedWithTest);
  }
  if (!isNew && sources.length > 0 && sources.length <= fewFiles) cues.push(shapeWeights.smallChange);
  if (paths.length >= manyFiles) cues.push(shapeWeights.manyFiles);
  return cues;
};

const textCues = (text: string): KindWeights[] => {
  const words = text.toLowerCase();
  const first = words.match(/^[\s[(*-]*([\w.'-]+)/)?.[1] ?? '';
  return [
    ...firstWordWeights.filter(([pattern]) => pattern.test(first)).map(([, weights]) => weights),
    ...wordWeights.filter(([pattern]) => pattern.test(words)).map(([, weights]) => weights),
  ];
};

/** The kind of a change that its message does not name, from its words and the paths it touched. */
export const classifyMessage = (text: string, paths: readonly TouchedPath[]): MessageKind => {
  const cues = [priorWeights, ...textCues(text), ...pathCues(paths)];
  const scores = kinds.map((kind) => cues.reduce((sum, weights) => sum + (weights[kind] ?? 0), 0));
  return kinds[scores.indexOf(Math.max(...scores))] ?? 'other';
};

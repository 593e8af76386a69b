import {
  firstWordWeights,
  type KindWeights,
  priorWeights,
  shapeWeights,
  wordWeights,
} from './kind-weights.ts';
import type { MessageKind } from './message-entry.ts';
import type { PathTraits } from './path-traits.ts';

/** A path that a commit touched. */
export interface TouchedPath {
  traits: PathTraits;
  isNew: boolean;
}

/** Of equally likely ones the first is taken. */
const kinds = ['feature', 'bug-fix', 'improvement', 'other'] as const satisfies MessageKind[];

const fewFiles = 2;
const manyFiles = 20;

const pathCues = (paths: readonly TouchedPath[]): KindWeights[] => {
  const [first, ...others] = paths;
  if (first === undefined) return [];
  const cues = first.traits.cues.filter((cue) => others.every(({ traits }) => traits.cues.includes(cue)));
  const sources = paths.filter(({ traits }) => traits.isSource);
  const isNew = sources.some((touched) => touched.isNew);
  if (isNew) cues.push(shapeWeights.newSource);
  if (!isNew && sources.length > 0 && paths.some(({ traits }) => traits.isTest))
    cues.push(shapeWeights.changedWithTest);
  if (!isNew && sources.length > 0 && sources.length <= fewFiles) cues.push(shapeWeights.smallChange);
  if (paths.length >= manyFiles) cues.push(shapeWeights.manyFiles);
  return cues;
};

const textCues = (text: string): KindWeights[] => {
  const words = text.toLowerCase();
  const first = words.match(/^[\s[(*-]*([\w.'-]+)/)?.[1] ?? '';
  const cues: KindWeights[] = [];
  for (const [pattern, weights] of firstWordWeights) if (pattern.test(first)) cues.push(weights);
  for (const [pattern, weights] of wordWeights) if (pattern.test(words)) cues.push(weights);
  return cues;
};

const mostLikely = (cues: readonly KindWeights[]): MessageKind => {
  const scores = { feature: 0, 'bug-fix': 0, improvement: 0, other: 0 };
  for (const weights of cues) for (const kind of kinds) scores[kind] += weights[kind] ?? 0;
  return kinds.reduce((best, kind) => (scores[kind] > scores[best] ? kind : best));
};

/**
 * Tells kinds of changes that messages do not name, from their words and the paths of one commit; these are looked
 * at once, and only when a kind is asked for.
 */
export const createClassifier = (paths: readonly TouchedPath[]): ((text: string) => MessageKind) => {
  let ofPaths: KindWeights[] | undefined;
  return (text) => {
    ofPaths ??= pathCues(paths);
    return mostLikely([priorWeights, ...textCues(text), ...ofPaths]);
  };
};

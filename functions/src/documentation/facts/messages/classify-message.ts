import {
  type Cue,
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

type Scores = Record<MessageKind, number>;

const add = (scores: Scores, weights: KindWeights): void => {
  scores.feature += weights.feature ?? 0;
  scores['bug-fix'] += weights['bug-fix'] ?? 0;
  scores.improvement += weights.improvement ?? 0;
  scores.other += weights.other ?? 0;
};

const firstWord = /^[\s[(*-]*([\w.'-]+)/;

/** Whether anything in the text says something. */
const addText = (scores: Scores, text: string): boolean => {
  const words = text.toLowerCase();
  const first = firstWord.exec(words)?.[1] ?? '';
  let says = false;
  const addFitting = (cues: readonly Cue[], part: string): void => {
    for (const { pattern, weights } of cues) {
      if (!pattern.test(part)) continue;
      add(scores, weights);
      says = true;
    }
  };
  addFitting(firstWordWeights, first);
  addFitting(wordWeights, words);
  return says;
};

/** Letters that English does not have. */
const isForeign = (text: string): boolean => /[^ -~]/.test(text) && /\p{L}/u.test(text.replace(/[ -~]/g, ''));

/**
 * Tells kinds of changes that messages do not name, from their words and the paths of one commit; these are looked
 * at once, and only when a kind is asked for.
 */
export const createClassifier = (paths: readonly TouchedPath[]): ((text: string) => MessageKind) => {
  let ofPaths: KindWeights[] | undefined;
  return (text) => {
    ofPaths ??= pathCues(paths);
    const scores = { feature: 0, 'bug-fix': 0, improvement: 0, other: 0 };
    add(scores, priorWeights);
    const says = addText(scores, text);
    // Nobody here reads it: that something was wrong is more than its paths can say.
    if (!says && isForeign(text)) return 'improvement';
    for (const cue of ofPaths) add(scores, cue);
    return kinds.reduce((best, kind) => (scores[kind] > scores[best] ? kind : best));
  };
};

import type { Question } from '../src/engines/local-ai/outputs.ts';
import { answersOf } from '../src/engines/local-ai/outputs.ts';
import { categories, emotions, languages, sentiments, urgencies } from '../src/protocol/enumerations.ts';
import type { LabelledMessage } from './labelled-file.ts';

/** A message to learn from; sentences of other languages have no label but that. */
export type TrainingMessage = Partial<LabelledMessage> &
  Pick<LabelledMessage, 'text' | 'language'> & {
    /** How much an error on it costs beside one on an original message, 1 when left out. */
    readonly weight?: number;
  };

/** One yes-or-no question that a linear head learns; undefined when the message has no answer to it. */
export interface HeadDefinition {
  readonly name: string;
  readonly cost: number;
  readonly answer: (message: TrainingMessage) => boolean | undefined;
}

const COST = 0.5;

function oneOf<Field extends 'category' | 'sentiment' | 'urgency' | 'emotion' | 'language'>(
  field: Field,
  names: readonly string[],
): HeadDefinition[] {
  return names.map((name) => ({
    name: `${field}=${name}`,
    cost: COST,
    answer: (message) => (message[field] === undefined ? undefined : message[field] === name),
  }));
}

function aboveUrgency(level: number): HeadDefinition {
  return {
    name: `urgency>${urgencies[level]}`,
    cost: COST,
    answer: ({ urgency }) => (urgency === undefined ? undefined : urgencies.indexOf(urgency) > level),
  };
}

function aboveComplexity(level: number): HeadDefinition {
  return {
    name: `complexity>${level}`,
    cost: COST,
    answer: ({ complexity }) => (complexity === undefined ? undefined : complexity > level),
  };
}

export const HEADS: readonly HeadDefinition[] = [
  ...oneOf('category', categories),
  ...oneOf('sentiment', sentiments),
  ...oneOf('urgency', urgencies),
  aboveUrgency(1),
  ...[1, 2, 3, 4, 5, 6].map(aboveComplexity),
  { name: 'visual', cost: COST, answer: ({ visual }) => visual },
  ...oneOf('emotion', emotions),
  ...oneOf('language', languages),
];

/** Which heads a readout sees, how it is held small, and its label: an index of the answers, or a number. */
export interface ReadoutDefinition {
  readonly ridge: number;
  readonly sees: (head: string) => boolean;
  readonly label: (message: TrainingMessage) => number | undefined;
}

function startsWith(...starts: string[]): (head: string) => boolean {
  return (head) => starts.some((start) => head.startsWith(start));
}

type Labelled = Exclude<Question, 'visual'>;

function labelOf(question: Labelled): (message: TrainingMessage) => number | undefined {
  return ({ [question]: label }) => (label === undefined ? undefined : answersOf(question).indexOf(label));
}

export const READOUTS: Record<Question, ReadoutDefinition> = {
  category: { ridge: 0.0004, sees: startsWith('category'), label: labelOf('category') },
  sentiment: { ridge: 0.0003, sees: startsWith('sentiment', 'emotion'), label: labelOf('sentiment') },
  urgency: { ridge: 0.0003, sees: startsWith('urgency'), label: labelOf('urgency') },
  emotion: { ridge: 0.0003, sees: startsWith('emotion', 'sentiment', 'category'), label: labelOf('emotion') },
  visual: {
    ridge: 0.0003,
    sees: startsWith('visual', 'complexity', 'category'),
    label: ({ visual }) =>
      visual === undefined ? undefined : answersOf('visual').indexOf(visual ? 'yes' : 'no'),
  },
  language: { ridge: 0.0003, sees: startsWith('language'), label: labelOf('language') },
};

export const COMPLEXITY_READOUT: ReadoutDefinition = {
  ridge: 0.0003,
  sees: startsWith('complexity'),
  label: ({ complexity }) => complexity,
};

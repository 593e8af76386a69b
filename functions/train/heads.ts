import { categories, emotions, languages, sentiments, urgencies } from '../src/protocol/enumerations.ts';
import type { LabelledMessage } from './labelled-file.ts';

/** A message to learn from; sentences of other languages have no label but that. */
export type TrainingMessage = Partial<LabelledMessage> & Pick<LabelledMessage, 'text' | 'language'>;

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

/** Which heads a readout sees, and the label that it learns as an index of its classes (a number for complexity). */
export interface ReadoutDefinition {
  readonly name: string;
  readonly classes: readonly string[];
  readonly ridge: number;
  readonly sees: (head: string) => boolean;
  readonly label: (message: TrainingMessage) => number | undefined;
}

function startsWith(...starts: string[]): (head: string) => boolean {
  return (head) => starts.some((start) => head.startsWith(start));
}

function labelOf<Field extends 'category' | 'sentiment' | 'urgency' | 'emotion' | 'language'>(
  field: Field,
  names: readonly string[],
) {
  return (message: TrainingMessage): number | undefined => {
    const value = message[field];
    return value === undefined ? undefined : names.indexOf(value);
  };
}

export const READOUTS: readonly ReadoutDefinition[] = [
  {
    name: 'category',
    classes: categories,
    ridge: 0.0002,
    sees: startsWith('category'),
    label: labelOf('category', categories),
  },
  {
    name: 'sentiment',
    classes: sentiments,
    ridge: 0.0002,
    sees: startsWith('sentiment'),
    label: labelOf('sentiment', sentiments),
  },
  {
    name: 'urgency',
    classes: urgencies,
    ridge: 0.0003,
    sees: startsWith('urgency', 'category'),
    label: labelOf('urgency', urgencies),
  },
  {
    name: 'emotion',
    classes: emotions,
    ridge: 0.0003,
    sees: startsWith('emotion', 'sentiment', 'category'),
    label: labelOf('emotion', emotions),
  },
  {
    name: 'visual',
    classes: ['false', 'true'],
    ridge: 0.0003,
    sees: startsWith('visual', 'complexity', 'category'),
    label: ({ visual }) => (visual === undefined ? undefined : Number(visual)),
  },
  {
    name: 'language',
    classes: languages,
    ridge: 0.0003,
    sees: startsWith('language'),
    label: labelOf('language', languages),
  },
  {
    name: 'complexity',
    classes: ['number'],
    ridge: 0.0003,
    sees: startsWith('complexity', 'category', 'visual'),
    label: ({ complexity }) => complexity,
  },
];

import { categories, emotions, languages, sentiments, urgencies } from '../../protocol/enumerations.ts';

/**
 * What the model computes for a text, column by column. The logits of a question with several answers are relative
 * to its last answer, which therefore has no column; complexity is a plain number.
 */
const QUESTIONS = {
  category: categories,
  sentiment: sentiments,
  urgency: urgencies,
  emotion: emotions,
  visual: ['yes', 'no'],
  language: languages,
} as const;

export type Question = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as Question[];

/** The names of the columns in their order; a model file must hold the same. */
export const OUTPUT_NAMES: readonly string[] = [
  ...QUESTION_NAMES.flatMap((question) =>
    QUESTIONS[question].slice(0, -1).map((answer) => `${question}=${answer}`),
  ),
  'complexity',
];
export const COMPLEXITY_COLUMN = OUTPUT_NAMES.length - 1;

export function answersOf(question: Question): readonly string[] {
  return QUESTIONS[question];
}

const FIRST_COLUMN = Object.fromEntries(
  QUESTION_NAMES.map((question) => [question, OUTPUT_NAMES.indexOf(`${question}=${QUESTIONS[question][0]}`)]),
) as Record<Question, number>;

/** Probabilities of a question's answers, in their order; they add up to 1. */
export function probabilitiesOf(question: Question, outputs: ArrayLike<number>): number[] {
  const count = QUESTIONS[question].length;
  const first = FIRST_COLUMN[question];
  const logits = Array.from({ length: count }, (_, answer) =>
    answer === count - 1 ? 0 : (outputs[first + answer] as number),
  );
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

export function indexOfLargest(values: readonly number[]): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) > (values[best] as number)) best = index;
  }
  return best;
}

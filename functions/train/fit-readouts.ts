import type { Question } from '../src/engines/local-ai/outputs.ts';
import { answersOf, QUESTION_NAMES } from '../src/engines/local-ai/outputs.ts';
import type { ReadoutDefinition, TrainingMessage } from './heads.ts';
import { COMPLEXITY_READOUT, HEADS, READOUTS } from './heads.ts';
import { fitNumber, fitSoftmax } from './softmax-regression.ts';

/** One output as a linear function of all heads' margins. */
export interface Readout {
  readonly weights: readonly number[];
  readonly bias: number;
}

type Fit = (inputs: number[][], labels: number[], ridge: number) => number[][];

/** Fits one definition on out-of-fold margins; rows of the result see the definition's heads only, bias last. */
function fitRows(
  definition: ReadoutDefinition,
  messages: readonly TrainingMessage[],
  margins: readonly number[][],
  rows: readonly number[],
  fit: Fit,
): Readout[] {
  const seen = [...HEADS.keys()].filter((head) => definition.sees((HEADS[head] as { name: string }).name));
  const inputs: number[][] = [];
  const labels: number[] = [];
  for (const row of rows) {
    const label = definition.label(messages[row] as TrainingMessage);
    if (label === undefined) continue;
    inputs.push(seen.map((head) => margins[row]?.[head] as number));
    labels.push(label);
  }
  return fit(inputs, labels, definition.ridge).map((fitted) => ({
    weights: HEADS.map((_, head) => (seen.includes(head) ? (fitted[seen.indexOf(head)] as number) : 0)),
    bias: fitted[seen.length] as number,
  }));
}

/** The same probabilities with logits relative to the last answer, which then needs none. */
function relativeToLast(rows: readonly Readout[]): Readout[] {
  const last = rows[rows.length - 1] as Readout;
  return rows.slice(0, -1).map(({ weights, bias }) => ({
    weights: weights.map((weight, head) => weight - (last.weights[head] as number)),
    bias: bias - last.bias,
  }));
}

/**
 * Fits all outputs, in the order of OUTPUT_NAMES, on out-of-fold margins of the rows that `isLearned` admits.
 * Language is learned from all rows: the original messages hold no other language.
 */
export function fitReadouts(
  messages: readonly TrainingMessage[],
  margins: readonly number[][],
  isLearned: (row: number) => boolean,
): Readout[] {
  const all = [...messages.keys()];
  const learned = all.filter(isLearned);
  const answers = (question: Question): Readout[] => {
    const rows = question === 'language' ? all : learned;
    const count = answersOf(question).length;
    const fit: Fit = (inputs, labels, ridge) => fitSoftmax(inputs, labels, count, ridge);
    return relativeToLast(fitRows(READOUTS[question], messages, margins, rows, fit));
  };
  return [
    ...QUESTION_NAMES.flatMap(answers),
    ...fitRows(COMPLEXITY_READOUT, messages, margins, learned, fitNumber),
  ];
}

export function outputsOf(readouts: readonly Readout[], margins: readonly number[]): number[] {
  return readouts.map(({ weights, bias }) =>
    weights.reduce((sum, weight, head) => sum + weight * (margins[head] as number), bias),
  );
}

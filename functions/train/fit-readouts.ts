import type { Readout } from '../src/engines/local-ai/model-file.ts';
import { readProbabilities } from '../src/engines/local-ai/readouts.ts';
import type { ReadoutDefinition, TrainingMessage } from './heads.ts';
import { HEADS, READOUTS } from './heads.ts';
import { fitNumber, fitSoftmax } from './softmax-regression.ts';

export type Readouts = Record<string, Readout>;

function fitReadout(
  definition: ReadoutDefinition,
  messages: readonly TrainingMessage[],
  margins: readonly number[][],
  rows: readonly number[],
): Readout {
  const heads = [...HEADS.keys()].filter((index) => definition.sees((HEADS[index] as { name: string }).name));
  const labelled = rows.flatMap((row) => {
    const label = definition.label(messages[row] as TrainingMessage);
    return label === undefined ? [] : [{ input: heads.map((head) => margins[row]?.[head] as number), label }];
  });
  const inputs = labelled.map(({ input }) => input);
  const labels = labelled.map(({ label }) => label);
  const { classes, ridge } = definition;
  const weights =
    classes.length === 1
      ? fitNumber(inputs, labels, ridge)
      : fitSoftmax(inputs, labels, classes.length, ridge);
  return { heads, classes: [...classes], weights };
}

/** Fits every readout on out-of-fold margins of the given rows. */
export function fitReadouts(
  messages: readonly TrainingMessage[],
  margins: readonly number[][],
  rows: readonly number[],
): Readouts {
  return Object.fromEntries(
    READOUTS.map((definition) => [definition.name, fitReadout(definition, messages, margins, rows)]),
  );
}

/** How likely a message is high or critical, by the urgency readout. */
export function pressingProbability(readouts: Readouts, margins: readonly number[]): number {
  const [, , high, critical] = readProbabilities(readouts.urgency as Readout, margins) as [
    number,
    number,
    number,
    number,
  ];
  return high + critical;
}

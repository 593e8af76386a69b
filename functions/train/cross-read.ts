import { interpret, readProjected } from '../src/engines/local-ai/interpretation.ts';
import type { Interpreter } from '../src/engines/local-ai/model-file.ts';
import type { Judged } from './evaluation.ts';
import { isPressing } from './evaluation.ts';
import { fitAffinity } from './fit-affinity.ts';
import type { Readout } from './fit-readouts.ts';
import { fitReadouts, outputsOf } from './fit-readouts.ts';
import type { TrainingMessage } from './heads.ts';
import type { LabelledMessage } from './labelled-file.ts';
import { assignFolds } from './out-of-fold.ts';
import type { OperatingPoint } from './pressing-threshold.ts';
import { chooseOperatingPoint, operatingPoints } from './pressing-threshold.ts';

const FOLDS = 5;
const SEED = 9;
const VISUAL_THRESHOLD = 0.5;

interface Parts {
  readonly readouts: readonly Readout[];
  readonly affinity: Interpreter['affinity'];
}

export interface CrossRead {
  readonly judged: readonly Judged[];
  readonly operatingPoint: OperatingPoint;
  readonly operatingPoints: readonly OperatingPoint[];
  readonly thresholds: Interpreter['thresholds'];
}

/** What the readouts make of each original message when they were fitted without its fold. */
function crossFit(
  messages: readonly TrainingMessage[],
  original: readonly LabelledMessage[],
  margins: readonly number[][],
): Parts[] {
  const foldOf = assignFolds(original, FOLDS, SEED);
  const partsOf: Parts[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const isLearned = (row: number): boolean => row < original.length && foldOf[row] !== fold;
    const parts = {
      readouts: fitReadouts(messages, margins, isLearned),
      affinity: fitAffinity(original.filter((_, row) => isLearned(row))),
    };
    for (const row of original.keys()) if (foldOf[row] === fold) partsOf[row] = parts;
  }
  return partsOf;
}

/** Answers every original message by parts that never saw it, and chooses the threshold of pressing messages. */
export function crossRead(
  messages: readonly TrainingMessage[],
  original: readonly LabelledMessage[],
  margins: readonly number[][],
): CrossRead {
  const partsOf = crossFit(messages, original, margins);
  const outputs = original.map((_, row) =>
    outputsOf((partsOf[row] as Parts).readouts, margins[row] as number[]),
  );
  const pressing = original.map((_, row) => {
    const [, , high, critical] = readProjected(partsOf[row] as Parts, outputs[row] as number[]).urgency;
    return (high as number) + (critical as number);
  });
  const points = operatingPoints(
    pressing,
    original.map(({ urgency }) => isPressing(urgency)),
  );
  const operatingPoint = chooseOperatingPoint(points);
  const thresholds = { pressing: operatingPoint.threshold, visual: VISUAL_THRESHOLD };
  return {
    judged: original.map((message, row) => ({
      message,
      analysis: interpret(
        { affinity: (partsOf[row] as Parts).affinity, thresholds },
        outputs[row] as number[],
      ),
    })),
    operatingPoint,
    operatingPoints: points,
    thresholds,
  };
}

import { FeatureGroup } from '../src/engines/local-ai/features.ts';
import { interpret } from '../src/engines/local-ai/interpretation.ts';
import type { Model, ModelHeader } from '../src/engines/local-ai/model-file.ts';
import { assembleModel } from './assemble-model.ts';
import type { Judged } from './evaluation.ts';
import { isPressing } from './evaluation.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import { buildFeatureMatrix } from './feature-matrix.ts';
import { fitReadouts, pressingProbability } from './fit-readouts.ts';
import type { TrainingMessage } from './heads.ts';
import type { LabelledMessage } from './labelled-file.ts';
import { assignFolds, outOfFoldMargins, trainHeads } from './out-of-fold.ts';
import type { OperatingPoint } from './pressing-threshold.ts';
import { chooseOperatingPoint, operatingPoints } from './pressing-threshold.ts';

const GROUP_WEIGHTS: Record<keyof typeof FeatureGroup, number> = {
  words: 1.3,
  phrases: 0.7,
  places: 0.4,
  letters: 1.3,
  meaning: 0.7,
  company: 0.4,
  whole: 0.4,
  shape: 0.3,
};
const VISUAL_THRESHOLD = 0.5;
const READOUT_FOLDS = 5;
const SEEDS = { margins: 3, readouts: 9 };

export interface Trained {
  readonly model: Model;
  /** The original messages with answers of models that never saw them. */
  readonly judged: readonly Judged[];
  readonly operatingPoint: OperatingPoint;
  readonly operatingPoints: readonly OperatingPoint[];
}

export interface TrainingPlan {
  /** Messages to measure on; they come first. */
  readonly original: readonly LabelledMessage[];
  /** Messages only to learn from. */
  readonly others: readonly TrainingMessage[];
  readonly folds: number;
}

function groupWeights(): number[] {
  const weights: number[] = [];
  for (const [name, group] of Object.entries(FeatureGroup))
    weights[group] = GROUP_WEIGHTS[name as keyof typeof FeatureGroup];
  return weights;
}

interface CrossRead {
  readonly pressing: number[];
  readonly headers: ModelHeader[];
}

/** Readouts fitted without the fold that they are then read on. */
function crossRead(
  messages: readonly TrainingMessage[],
  margins: readonly number[][],
  count: number,
): CrossRead {
  const foldOf = assignFolds(messages, READOUT_FOLDS, SEEDS.readouts);
  const pressing: number[] = [];
  const headers: ModelHeader[] = [];
  for (let fold = 0; fold < READOUT_FOLDS; fold++) {
    const rows = [...messages.keys()];
    const readouts = fitReadouts(
      messages,
      margins,
      rows.filter((row) => foldOf[row] !== fold),
    );
    for (const row of rows.filter((candidate) => candidate < count && foldOf[candidate] === fold)) {
      pressing[row] = pressingProbability(readouts, margins[row] as number[]);
      headers[row] = { readouts } as ModelHeader;
    }
  }
  return { pressing, headers };
}

/** Trains heads and readouts and measures them by cross-validation; the same input gives the same bytes. */
export function trainModel({ original, others, folds }: TrainingPlan): Trained {
  const messages: TrainingMessage[] = [...original, ...others];
  const matrix: FeatureMatrix = buildFeatureMatrix(
    messages.map(({ text }) => text),
    groupWeights(),
  );
  const margins = outOfFoldMargins(matrix, messages, folds, SEEDS.margins);
  const { pressing, headers } = crossRead(messages, margins, original.length);
  const points = operatingPoints(
    pressing,
    original.map(({ urgency }) => isPressing(urgency)),
  );
  const operatingPoint = chooseOperatingPoint(points);
  const thresholds = { pressing: operatingPoint.threshold, visual: VISUAL_THRESHOLD };
  const rows = [...messages.keys()];
  const heads = trainHeads(matrix, messages, rows);
  const readouts = fitReadouts(messages, margins, rows);
  return {
    model: assembleModel({ matrix, heads, readouts, groupWeights: groupWeights(), thresholds }),
    judged: original.map((message, row) => ({
      message,
      analysis: interpret({ ...(headers[row] as ModelHeader), thresholds }, margins[row] as number[]),
    })),
    operatingPoint,
    operatingPoints: points,
  };
}

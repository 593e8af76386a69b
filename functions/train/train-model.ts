import { FeatureGroup } from '../src/engines/local-ai/feature-list.ts';
import type { Model } from '../src/engines/local-ai/model-file.ts';
import { assembleModel } from './assemble-model.ts';
import type { CrossRead } from './cross-read.ts';
import { crossRead } from './cross-read.ts';
import { buildFeatureMatrix } from './feature-matrix.ts';
import { fitAffinity } from './fit-affinity.ts';
import { fitReadouts } from './fit-readouts.ts';
import type { TrainingMessage } from './heads.ts';
import type { LabelledMessage } from './labelled-file.ts';
import { outOfFoldMargins, trainHeads } from './out-of-fold.ts';

/** Chosen by cross-validation, as everything that is a number here. */
const GROUP_WEIGHTS: Record<keyof typeof FeatureGroup, number> = {
  words: 1.3,
  phrases: 0.85,
  places: 0.4,
  letters: 1.3,
  meaning: 0.7,
  company: 0.4,
  whole: 0.4,
  shape: 0.3,
};
const OTHERS_WEIGHT = 0.6;
const SEED = 3;

export interface Trained extends CrossRead {
  readonly model: Model;
}

export interface TrainingPlan {
  /** Messages of the target distribution, to learn from and to measure on. */
  readonly original: readonly LabelledMessage[];
  /** Messages only to learn from. */
  readonly others: readonly TrainingMessage[];
  readonly folds: number;
}

function groupWeights(): number[] {
  const weights: number[] = [];
  for (const [name, group] of Object.entries(FeatureGroup)) {
    weights[group] = GROUP_WEIGHTS[name as keyof typeof FeatureGroup];
  }
  return weights;
}

/**
 * Trains the heads on everything and the readouts on out-of-fold margins of the original messages, so that
 * probabilities are calibrated on what will be asked. The same input gives the same bytes.
 */
export function trainModel({ original, others, folds }: TrainingPlan): Trained {
  const messages = [...original, ...others.map((message) => ({ weight: OTHERS_WEIGHT, ...message }))];
  const matrix = buildFeatureMatrix(
    messages.map(({ text }) => text),
    groupWeights(),
  );
  const margins = outOfFoldMargins(matrix, messages, folds, SEED);
  const measured = crossRead(messages, original, margins);
  const model = assembleModel({
    matrix,
    heads: trainHeads(matrix, messages, [...messages.keys()]),
    readouts: fitReadouts(messages, margins, (row) => row < original.length),
    interpreter: { affinity: fitAffinity(original), thresholds: measured.thresholds },
    groupWeights: groupWeights(),
  });
  return { ...measured, model };
}

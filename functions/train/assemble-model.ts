import type { Model, ModelHeader } from '../src/engines/local-ai/model-file.ts';
import { FEATURE_REVISION } from '../src/engines/local-ai/model-file.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Readouts } from './fit-readouts.ts';
import { HEADS } from './heads.ts';
import type { LinearHead } from './linear-svm.ts';

const LARGEST_BYTE = 127;

function largestWeight({ weights }: LinearHead): number {
  return weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) || 1;
}

/** Byte q of a weight, so that largest * (q / 127)^2 with the sign of q comes nearest. */
function toByte(weight: number, largest: number): number {
  return Math.sign(weight) * Math.round(Math.sqrt(Math.abs(weight) / largest) * LARGEST_BYTE);
}

export interface ModelParts {
  readonly matrix: FeatureMatrix;
  readonly heads: readonly LinearHead[];
  readonly readouts: Readouts;
  readonly groupWeights: readonly number[];
  readonly thresholds: ModelHeader['thresholds'];
}

/** Quantises the weights and puts the model together as its file holds it. */
export function assembleModel({ matrix, heads, readouts, groupWeights, thresholds }: ModelParts): Model {
  const largest = heads.map(largestWeight);
  const features = matrix.keys.length;
  const weights = new Int8Array(features * heads.length);
  for (let feature = 0; feature < features; feature++) {
    for (const [head, { weights: exact }] of heads.entries()) {
      weights[feature * heads.length + head] = toByte(exact[feature] as number, largest[head] as number);
    }
  }
  const header: ModelHeader = {
    featureRevision: FEATURE_REVISION,
    features,
    heads: heads.map(({ bias }, head) => ({
      name: (HEADS[head] as { name: string }).name,
      scale: Number(((largest[head] as number) / LARGEST_BYTE ** 2).toPrecision(7)),
      bias: Number(bias.toPrecision(7)),
    })),
    groupWeights,
    readouts,
    thresholds,
  };
  return { header, keys: matrix.keys, idf: matrix.idf, weights };
}

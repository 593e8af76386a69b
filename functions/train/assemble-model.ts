import type { Interpreter, Model, ModelHeader } from '../src/engines/local-ai/model-file.ts';
import { FEATURE_REVISION } from '../src/engines/local-ai/model-file.ts';
import { OUTPUT_NAMES } from '../src/engines/local-ai/outputs.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Readout } from './fit-readouts.ts';
import type { LinearHead } from './linear-svm.ts';

const LARGEST_BYTE = 127;

function largestWeight(weights: Float32Array): number {
  return weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) || 1;
}

/** Byte q of a weight, so that largest * (q / 127)^2 with the sign of q comes nearest. */
function toByte(weight: number, largest: number): number {
  return Math.sign(weight) * Math.round(Math.sqrt(Math.abs(weight) / largest) * LARGEST_BYTE);
}

/** A readout is linear in margins and these are linear in features, so both fold into one row of weights. */
function fold({ weights, bias }: Readout, heads: readonly LinearHead[]): LinearHead {
  const folded = new Float32Array((heads[0] as LinearHead).weights.length);
  let foldedBias = bias;
  for (const [head, factor] of weights.entries()) {
    const { weights: exact, bias: offset } = heads[head] as LinearHead;
    foldedBias += factor * offset;
    if (factor === 0) continue;
    for (let feature = 0; feature < folded.length; feature++) {
      (folded[feature] as number) += factor * (exact[feature] as number);
    }
  }
  return { weights: folded, bias: foldedBias };
}

function quantise(columns: readonly LinearHead[], largest: readonly number[], features: number): Int8Array {
  const bytes = new Int8Array(features * columns.length);
  for (const [column, { weights }] of columns.entries()) {
    for (let feature = 0; feature < features; feature++) {
      bytes[feature * columns.length + column] = toByte(
        weights[feature] as number,
        largest[column] as number,
      );
    }
  }
  return bytes;
}

export interface ModelParts {
  readonly matrix: FeatureMatrix;
  readonly heads: readonly LinearHead[];
  /** One an output, in the order of OUTPUT_NAMES. */
  readonly readouts: readonly Readout[];
  readonly interpreter: Interpreter;
  readonly groupWeights: readonly number[];
}

/** Folds heads and readouts, quantises the weights and puts the model together as its file holds it. */
export function assembleModel({ matrix, heads, readouts, interpreter, groupWeights }: ModelParts): Model {
  const columns = readouts.map((readout) => fold(readout, heads));
  const largest = columns.map(({ weights }) => largestWeight(weights));
  const features = matrix.keys.length;
  const header: ModelHeader = {
    featureRevision: FEATURE_REVISION,
    features,
    outputs: columns.map(({ bias }, column) => ({
      name: OUTPUT_NAMES[column] as string,
      scale: Number(((largest[column] as number) / LARGEST_BYTE ** 2).toPrecision(7)),
      bias: Number(bias.toPrecision(7)),
    })),
    groupWeights,
    ...interpreter,
  };
  return { header, keys: matrix.keys, idf: matrix.idf, weights: quantise(columns, largest, features) };
}

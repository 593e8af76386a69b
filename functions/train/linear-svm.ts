import type { FeatureMatrix } from './feature-matrix.ts';
import { naiveBayesScale, scaleColumns } from './naive-bayes-scale.ts';
import { createRandom, shuffle } from './random.ts';

export interface LinearHead {
  readonly weights: Float32Array;
  readonly bias: number;
}

const EPOCHS = 8;

export function marginOf(matrix: FeatureMatrix, row: number, weights: Float32Array, bias: number): number {
  const { starts, columns, values } = matrix;
  let sum = bias;
  for (let place = starts[row] as number; place < (starts[row + 1] as number); place++) {
    sum += (weights[columns[place] as number] as number) * (values[place] as number);
  }
  return sum;
}

function addRow(matrix: FeatureMatrix, row: number, weights: Float32Array, factor: number): void {
  const { starts, columns, values } = matrix;
  for (let place = starts[row] as number; place < (starts[row + 1] as number); place++) {
    (weights[columns[place] as number] as number) += factor * (values[place] as number);
  }
}

function squaredLength(matrix: FeatureMatrix, row: number): number {
  let sum = 1;
  for (let place = matrix.starts[row] as number; place < (matrix.starts[row + 1] as number); place++) {
    sum += (matrix.values[place] as number) ** 2;
  }
  return sum;
}

/**
 * Two-class linear SVM with squared hinge loss, by dual coordinate descent (Hsieh et al., ICML 2008).
 * `targets` holds 1 or -1 and `costs` the weight of an error for each of `rows`; the bias is a feature that is
 * always 1.
 */
function trainLinearSvm(
  matrix: FeatureMatrix,
  rows: readonly number[],
  targets: Int8Array,
  costs: Float64Array,
): LinearHead {
  const weights = new Float32Array(matrix.keys.length);
  const duals = new Float64Array(rows.length);
  const lengths = Float64Array.from(rows, (row) => squaredLength(matrix, row));
  const order = Int32Array.from(rows, (_, index) => index);
  const random = createRandom(1);
  let bias = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const row = rows[index] as number;
      const target = targets[index] as number;
      const dual = duals[index] as number;
      const diagonal = 0.5 / (costs[index] as number);
      const gradient = target * marginOf(matrix, row, weights, bias) - 1 + diagonal * dual;
      const next = Math.max(0, dual - gradient / ((lengths[index] as number) + diagonal));
      if (next === dual) continue;
      duals[index] = next;
      addRow(matrix, row, weights, (next - dual) * target);
      bias += (next - dual) * target;
    }
  }
  return { weights, bias };
}

/** The same on columns scaled by what each tells by itself; the weights returned are for the matrix as it is. */
export function trainScaledSvm(
  matrix: FeatureMatrix,
  rows: readonly number[],
  targets: Int8Array,
  costs: Float64Array,
): LinearHead {
  const factors = naiveBayesScale(matrix, rows, targets);
  const { weights, bias } = trainLinearSvm(scaleColumns(matrix, factors), rows, targets, costs);
  return { weights: weights.map((weight, column) => weight * (factors[column] as number)), bias };
}

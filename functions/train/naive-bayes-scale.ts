import type { FeatureMatrix } from './feature-matrix.ts';

/** Chosen by cross-validation: features that tell nothing keep half their length, clear ones get at most one and a half. */
const LEAST = 0.5;
const SLOPE = 0.5;
const MOST_RATIO = 2;

/**
 * How much each feature tells about one question by itself: its log-count ratio between the two classes, as in the
 * NB-SVM of Wang and Manning (ACL 2012), but by its size alone and kept within bounds.
 */
export function naiveBayesScale(
  matrix: FeatureMatrix,
  rows: readonly number[],
  targets: Int8Array,
): Float32Array {
  const yes = new Float64Array(matrix.keys.length).fill(1);
  const no = new Float64Array(matrix.keys.length).fill(1);
  let yesRows = 1;
  for (const [index, row] of rows.entries()) {
    const counts = targets[index] === 1 ? yes : no;
    if (targets[index] === 1) yesRows++;
    for (let place = matrix.starts[row] as number; place < (matrix.starts[row + 1] as number); place++) {
      (counts[matrix.columns[place] as number] as number)++;
    }
  }
  const noRows = rows.length + 2 - yesRows;
  return Float32Array.from(yes, (count, column) => {
    const ratio = Math.abs(Math.log(count / yesRows / ((no[column] as number) / noRows)));
    return LEAST + SLOPE * Math.min(MOST_RATIO, ratio);
  });
}

/** The same matrix with every column multiplied by its factor. */
export function scaleColumns(matrix: FeatureMatrix, factors: Float32Array): FeatureMatrix {
  const values = new Float32Array(matrix.values.length);
  for (let place = 0; place < values.length; place++) {
    values[place] = (matrix.values[place] as number) * (factors[matrix.columns[place] as number] as number);
  }
  return { ...matrix, values };
}

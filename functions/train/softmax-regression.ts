const STEPS = 400;
const STEP_SIZE = 0.1;
const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.99;

/** Adam (Kingma and Ba 2015) over all rows at once, with a step that falls to nothing. */
function descend(
  size: number,
  gradientAt: (weights: Float64Array, gradient: Float64Array) => void,
): Float64Array {
  const weights = new Float64Array(size);
  const gradient = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    gradientAt(weights, gradient);
    const size = STEP_SIZE * (1 - (step - 1) / STEPS);
    for (let index = 0; index < weights.length; index++) {
      const slope = gradient[index] as number;
      first[index] = FIRST_DECAY * (first[index] as number) + (1 - FIRST_DECAY) * slope;
      second[index] = SECOND_DECAY * (second[index] as number) + (1 - SECOND_DECAY) * slope * slope;
      const mean = (first[index] as number) / (1 - FIRST_DECAY ** step);
      const spread = Math.sqrt((second[index] as number) / (1 - SECOND_DECAY ** step)) + 1e-8;
      (weights[index] as number) -= (size * mean) / spread;
    }
  }
  return weights;
}

function logitsInto(weights: Float64Array, inputs: readonly number[], logits: Float64Array): void {
  const width = inputs.length + 1;
  for (let output = 0; output < logits.length; output++) {
    let sum = weights[output * width + width - 1] as number;
    for (let index = 0; index < inputs.length; index++)
      sum += (weights[output * width + index] as number) * (inputs[index] as number);
    logits[output] = sum;
  }
}

function toProbabilities(logits: Float64Array): void {
  const highest = Math.max(...logits);
  let total = 0;
  for (let index = 0; index < logits.length; index++) {
    logits[index] = Math.exp((logits[index] as number) - highest);
    total += logits[index] as number;
  }
  for (let index = 0; index < logits.length; index++) (logits[index] as number) /= total;
}

function addErrors(
  errors: Float64Array,
  inputs: readonly number[],
  gradient: Float64Array,
  share: number,
): void {
  const width = inputs.length + 1;
  for (let output = 0; output < errors.length; output++) {
    const error = (errors[output] as number) * share;
    for (let index = 0; index < inputs.length; index++)
      (gradient[output * width + index] as number) += error * (inputs[index] as number);
    (gradient[output * width + width - 1] as number) += error;
  }
}

function shrink(weights: Float64Array, gradient: Float64Array, width: number, ridge: number): void {
  for (let index = 0; index < weights.length; index++) {
    if (index % width !== width - 1) (gradient[index] as number) += ridge * (weights[index] as number);
  }
}

function toRows(weights: Float64Array, width: number): number[][] {
  return Array.from({ length: weights.length / width }, (_, row) =>
    [...weights.subarray(row * width, (row + 1) * width)].map((weight) => Number(weight.toPrecision(6))),
  );
}

/** Multinomial logistic regression; returns one row a class, a weight per input and the bias last. */
export function fitSoftmax(
  inputs: readonly (readonly number[])[],
  labels: readonly number[],
  classes: number,
  ridge: number,
): number[][] {
  const width = (inputs[0]?.length ?? 0) + 1;
  const outputs = new Float64Array(classes);
  const weights = descend(width * classes, (current, gradient) => {
    for (const [row, input] of inputs.entries()) {
      logitsInto(current, input, outputs);
      toProbabilities(outputs);
      (outputs[labels[row] as number] as number) -= 1;
      addErrors(outputs, input, gradient, 1 / inputs.length);
    }
    shrink(current, gradient, width, ridge);
  });
  return toRows(weights, width);
}

/** Linear regression by least squares on the same descent; returns a single row. */
export function fitNumber(
  inputs: readonly (readonly number[])[],
  targets: readonly number[],
  ridge: number,
): number[][] {
  const width = (inputs[0]?.length ?? 0) + 1;
  const outputs = new Float64Array(1);
  const weights = descend(width, (current, gradient) => {
    for (const [row, input] of inputs.entries()) {
      logitsInto(current, input, outputs);
      (outputs[0] as number) -= targets[row] as number;
      addErrors(outputs, input, gradient, 1 / inputs.length);
    }
    shrink(current, gradient, width, ridge);
  });
  return toRows(weights, width);
}

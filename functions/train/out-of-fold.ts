import type { FeatureMatrix } from './feature-matrix.ts';
import type { TrainingMessage } from './heads.ts';
import { HEADS } from './heads.ts';
import type { LinearHead } from './linear-svm.ts';
import { marginOf, trainScaledSvm } from './linear-svm.ts';
import { createRandom, shuffle } from './random.ts';

/** A fold for each message, spread evenly over category and English or not. */
export function assignFolds(messages: readonly TrainingMessage[], folds: number, seed: number): Int32Array {
  const random = createRandom(seed);
  const strata = new Map<string, number[]>();
  for (const [index, { category, language }] of messages.entries()) {
    const key = `${category} ${language === 'en'}`;
    strata.set(key, [...(strata.get(key) ?? []), index]);
  }
  const assigned = new Int32Array(messages.length);
  let next = 0;
  for (const key of [...strata.keys()].sort()) {
    const members = strata.get(key) as number[];
    shuffle(members, random);
    for (const member of members) assigned[member] = next++ % folds;
  }
  return assigned;
}

/** Trains every head on the given rows that have an answer to it. */
export function trainHeads(
  matrix: FeatureMatrix,
  messages: readonly TrainingMessage[],
  rows: readonly number[],
): LinearHead[] {
  return HEADS.map(({ answer, cost }) => {
    const answered = rows.filter((row) => answer(messages[row] as TrainingMessage) !== undefined);
    const targets = Int8Array.from(answered, (row) => (answer(messages[row] as TrainingMessage) ? 1 : -1));
    const costs = Float64Array.from(
      answered,
      (row) => cost * ((messages[row] as TrainingMessage).weight ?? 1),
    );
    return trainScaledSvm(matrix, answered, targets, costs);
  });
}

/** The margins of every message by heads that never saw it: what the readouts learn from. */
export function outOfFoldMargins(
  matrix: FeatureMatrix,
  messages: readonly TrainingMessage[],
  folds: number,
  seed: number,
): number[][] {
  const foldOf = assignFolds(messages, folds, seed);
  const margins: number[][] = messages.map(() => []);
  for (let fold = 0; fold < folds; fold++) {
    const rows = [...messages.keys()];
    const heads = trainHeads(
      matrix,
      messages,
      rows.filter((row) => foldOf[row] !== fold),
    );
    for (const row of rows.filter((candidate) => foldOf[candidate] === fold)) {
      margins[row] = heads.map(({ weights, bias }) => marginOf(matrix, row, weights, bias));
    }
  }
  return margins;
}

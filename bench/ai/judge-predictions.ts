/** How well predictions fit the labels, both in 0..1. */
export interface Verdict {
  accuracy: number;
  /** Mean F1 over the classes that occur in the labels. */
  macroF1: number;
}

const f1Of = (name: string, labels: readonly string[], predictions: readonly string[]): number => {
  const labelled = labels.filter((label) => label === name).length;
  const predicted = predictions.filter((prediction) => prediction === name).length;
  const hits = labels.filter((label, index) => label === name && predictions[index] === name).length;
  return (2 * hits) / (labelled + predicted);
};

export const judgePredictions = (labels: readonly string[], predictions: readonly string[]): Verdict => {
  const names = [...new Set(labels)];
  const hits = labels.filter((label, index) => label === predictions[index]).length;
  const sum = names.reduce((total, name) => total + f1Of(name, labels, predictions), 0);
  return { accuracy: hits / labels.length, macroF1: sum / names.length };
};

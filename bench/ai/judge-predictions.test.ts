import { expect, test } from 'vitest';
import { judgePredictions } from './judge-predictions.ts';

test('accuracy counts hits; macro-F1 gives each labelled class the same weight', () => {
  const labels = ['approval', 'approval', 'approval', 'question'];
  const predictions = ['approval', 'approval', 'question', 'question'];
  // approval: precision 1, recall 2/3, F1 0.8; question: precision 1/2, recall 1, F1 2/3.
  expect(judgePredictions(labels, predictions)).toEqual({ accuracy: 0.75, macroF1: (0.8 + 2 / 3) / 2 });
});

test('a class that is never predicted counts zero', () => {
  expect(judgePredictions(['urgent', 'general'], ['general', 'general'])).toEqual({
    accuracy: 0.5,
    macroF1: 1 / 3,
  });
});

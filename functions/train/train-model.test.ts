import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/engines/local-ai/local-ai-engine.ts';
import { decodeModel, encodeModel } from '../src/engines/local-ai/model-file.ts';
import { trainModel } from './train-model.ts';
import { readTrainingData } from './training-data.ts';

describe('training', () => {
  it('[RO1] gives the same bytes for the same data, and a model that beats chance', {
    timeout: 120_000,
  }, () => {
    const { original, sentences } = readTrainingData();
    const plan = { original: original.slice(0, 240), others: sentences.slice(0, 30), folds: 2 };
    const first = encodeModel(trainModel(plan).model);
    const second = encodeModel(trainModel(plan).model);
    expect(first.equals(second)).toBe(true);
    const analyze = createAnalyzer(decodeModel(first));
    const unseen = original.slice(-200);
    const right = unseen.filter(({ text, category }) => analyze(text).category === category).length;
    expect(right / unseen.length).toBeGreaterThan(0.5);
  });

  it('[RO10] keeps the frozen holdout out of the training data', async () => {
    const { readLabelledFile } = await import('./labelled-file.ts');
    const { HOLDOUT_FILE } = await import('./training-data.ts');
    const { original, additional } = readTrainingData();
    const learned = new Set([...original, ...[...additional.values()].flat()].map(({ text }) => text.trim()));
    expect(readLabelledFile(HOLDOUT_FILE).filter(({ text }) => learned.has(text.trim()))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { GROUP_COUNT } from './feature-list.ts';
import { createAnalyzer } from './local-ai-engine.ts';
import type { Model } from './model-file.ts';
import { decodeModel, encodeModel, FEATURE_REVISION, ModelFileError } from './model-file.ts';
import { OUTPUT_NAMES } from './outputs.ts';

function smallModel(change: Partial<Model['header']> = {}): Model {
  return {
    header: {
      featureRevision: FEATURE_REVISION,
      features: 2,
      outputs: OUTPUT_NAMES.map((name) => ({ name, scale: 0.001, bias: 0 })),
      groupWeights: Array<number>(GROUP_COUNT).fill(1),
      affinity: Array.from({ length: 6 }, () => [1, 1, 1, 1]),
      thresholds: { pressing: 0.3, visual: 0.5 },
      ...change,
    },
    keys: Int32Array.of(7, -9),
    idf: Float32Array.of(1, 2),
    weights: new Int8Array(2 * OUTPUT_NAMES.length).fill(3),
  };
}

describe('model file', () => {
  it('[EN2] gives back what was written', () => {
    const model = smallModel();
    expect(decodeModel(encodeModel(model))).toEqual(model);
  });

  it('[EN2] can be read from any place in a larger buffer', () => {
    const file = encodeModel(smallModel());
    const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
    expect(decodeModel(shifted).keys).toEqual(Int32Array.of(7, -9));
  });

  it.each([
    [
      'another file',
      Buffer.from('%PDF-1.7 and so on, long enough to hold a preamble and a checksum'),
      /not a Proofdesk model/,
    ],
    ['an empty file', Buffer.alloc(0), /not a Proofdesk model/],
    ['a cut file', encodeModel(smallModel()).subarray(0, -1), /damaged/],
  ])('[EN4] refuses %s', (_, file, message) => {
    expect(() => decodeModel(file)).toThrow(message);
    expect(() => decodeModel(file)).toThrow(ModelFileError);
  });

  it('[EN4] refuses another format, other features and other questions, each with its own sentence', () => {
    const format = encodeModel(smallModel());
    format.writeUInt32LE(99, 4);
    expect(() => decodeModel(format)).toThrow(/has format 99, this code reads format/);
    const revision = encodeModel(smallModel({ featureRevision: FEATURE_REVISION + 1 }));
    expect(() => decodeModel(revision)).toThrow(/feature revision/);
    const questions = encodeModel(smallModel({ outputs: [{ name: 'mood', scale: 1, bias: 0 }] }));
    expect(() => decodeModel(questions)).toThrow(/other questions/);
  });

  it('[EN4] refuses tables of another size than the header says', () => {
    expect(() => decodeModel(encodeModel(smallModel({ features: 3 })))).toThrow(/another size/);
  });

  it('[RO1] answers by the biases when no feature is known', () => {
    const outputs = OUTPUT_NAMES.map((name) => ({
      name,
      scale: 1,
      bias: name === 'category=revision' ? 5 : 0,
    }));
    const analysis = createAnalyzer(smallModel({ outputs }))('nothing of this is known');
    expect(analysis.category).toBe('revision');
    expect(analysis.complexity).toBe(1);
  });
});

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import { FeatureExtractor } from './features.ts';
import { interpret } from './interpretation.ts';
import { LinearModel } from './linear-model.ts';
import type { Model } from './model-file.ts';
import { decodeModel, FEATURE_REVISION, ModelFileError } from './model-file.ts';

/** The folder depth is the same in src/ and dist/, so this holds for both. */
const MODEL_FILE = new URL('../../../model/issue-model.bin', import.meta.url);

async function readModelFile(location: URL): Promise<Buffer> {
  try {
    return await readFile(location);
  } catch (cause) {
    throw new ModelFileError(
      `The model file ${location.pathname} cannot be read; run "npm run train" to make it.`,
      { cause },
    );
  }
}

/** A function from text to analysis that reuses its buffers; synchronous, so calls cannot mix. */
export function createAnalyzer(model: Model): (text: string) => Analysis {
  const features = new FeatureExtractor();
  const linear = new LinearModel(model);
  return (text) => interpret(model.header, linear.read(features.extract(text)));
}

/**
 * The embedded engine: one linear model over hashed words, letters and word classes whose outputs are calibrated
 * logits. Answers any string; of a long one it reads the first 4,000 UTF-16 code units (READ_LIMIT).
 * @throws ModelFileError when the model file is missing, damaged or of another version.
 */
export async function createLocalAiEngine(options: { modelFile?: URL } = {}): Promise<AiEngine> {
  const file = await readModelFile(options.modelFile ?? MODEL_FILE);
  const analyzeNow = createAnalyzer(decodeModel(file));
  const digest = createHash('sha256').update(file).digest('hex').slice(0, 12);
  return {
    name: 'local',
    version: `local-${FEATURE_REVISION}-${digest}`,
    analyze: async (text, { signal } = {}) => {
      signal?.throwIfAborted();
      return analyzeNow(text);
    },
  };
}

import { readFile } from 'node:fs/promises';
import { timeClassifier } from './time-classifier.js';

/** The local engine as it ships: compiled, with the model file that `npm run train` made. */
const modelFile = new URL('../../functions/model/issue-model.bin', import.meta.url);
const engineFile = new URL('../../functions/dist/engines/local-ai/local-ai-engine.js', import.meta.url);
const { createLocalAiEngine } = await import(engineFile.href);

await timeClassifier({
  save: () => readFile(modelFile),
  load: async () => {
    const engine = await createLocalAiEngine();
    return async ({ text }) => (await engine.analyze(text)).category;
  },
});

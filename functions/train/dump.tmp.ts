import { writeFileSync } from 'node:fs';
import { createAnalyzer } from '../src/engines/local-ai/local-ai-engine.ts';
import { readLabelledFile } from './labelled-file.ts';
import { trainModel } from './train-model.ts';
import { HOLDOUT_FILE, readTrainingData } from './training-data.ts';

const { original, additional, sentences } = readTrainingData();
const trained = trainModel({
  original,
  others: [...[...additional.values()].flat(), ...sentences],
  folds: 10,
});
writeFileSync('/tmp/judged.json', JSON.stringify(trained.judged));
const analyze = createAnalyzer(trained.model);
writeFileSync(
  '/tmp/holdout.json',
  JSON.stringify(
    readLabelledFile(HOLDOUT_FILE).map((message) => ({ message, analysis: analyze(message.text) })),
  ),
);
console.log(JSON.stringify(analyze('Need help with bleed settings'), null, 1));

import { mkdirSync, writeFileSync } from 'node:fs';
import { createAnalyzer } from '../src/engines/local-ai/local-ai-engine.ts';
import { encodeModel } from '../src/engines/local-ai/model-file.ts';
import { channelReport } from './channel-report.ts';
import { constantAnalysis } from './constant-predictor.ts';
import { computeFigures } from './evaluation.ts';
import { figuresTable } from './evaluation-text.ts';
import { readLabelledFile } from './labelled-file.ts';
import { trainModel } from './train-model.ts';
import { HOLDOUT_FILE, readTrainingData } from './training-data.ts';
import { trainingReport } from './training-report.ts';

const MODEL_FOLDER = new URL('../model/', import.meta.url);
const FOLDS = 10;
/** Messages of a few words have few features, so little weight tells what they mean and leaves the longer ones alone. */
const SHORT_FILE = 'additional-short.jsonl';
const SHORT_WEIGHT = 0.15;

const { original, additional, sentences } = readTrainingData();
const others = [
  ...[...additional].flatMap(([name, messages]) =>
    name === SHORT_FILE ? messages.map((message) => ({ ...message, weight: SHORT_WEIGHT })) : messages,
  ),
  ...sentences,
];
console.log(`Training on ${original.length} messages and ${others.length} more, ${FOLDS} folds ...`);

const trained = trainModel({ original, others, folds: FOLDS });
const file = encodeModel(trained.model);
mkdirSync(MODEL_FOLDER, { recursive: true });
writeFileSync(new URL('issue-model.bin', MODEL_FOLDER), file);

const holdout = readLabelledFile(HOLDOUT_FILE);
const analyze = createAnalyzer(trained.model);
const judgedHoldout = holdout.map((message) => ({ message, analysis: analyze(message.text) }));
const constant = constantAnalysis(original);
const report = trainingReport({ trained, judgedHoldout, constant, additional, sizeBytes: file.length });
writeFileSync(new URL('report.md', MODEL_FOLDER), report);
writeFileSync(new URL('channel-report.md', MODEL_FOLDER), channelReport(trained.judged, judgedHoldout));

console.log(figuresTable(computeFigures(trained.judged, constant)));
console.log(
  `Wrote functions/model/issue-model.bin (${(file.length / 1e6).toFixed(2)} MB) with report.md and channel-report.md`,
);

import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildProofdesk } from '../http/proofdesk-process.ts';
import { tableText } from '../table.ts';
import { judgePredictions } from './judge-predictions.ts';
import { installReferences } from './references.ts';
import type { Timing } from './time-classifier.js';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const trainingFile = pathOf('../../functions/data/print-support-train.jsonl');
const holdoutFile = pathOf('../../functions/data/print-support-holdout.jsonl');

const contestants = [
  { label: 'Proofdesk, all seven labels', file: pathOf('proofdesk.js') },
  { label: 'NLP.js', file: pathOf('../ai-references/nlpjs.js') },
  { label: 'natural, naive Bayes', file: pathOf('../ai-references/natural.js') },
] as const;

const timingFrom = (child: ChildProcess, label: string): Promise<Timing> =>
  new Promise((resolve, reject) => {
    child.once('message', (timing) => resolve(timing as Timing));
    child.once('exit', (code) => reject(new Error(`${label} ended with ${code} and no result.`)));
  });

const runContestant = async ({ label, file }: { label: string; file: string }): Promise<Timing> => {
  const child = fork(file, [trainingFile, holdoutFile], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    return await timingFrom(child, label);
  } finally {
    child.kill();
  }
};

const places = (number: number, digits: number): string => number.toFixed(digits);

const rowOf = (label: string, timing: Timing, labels: readonly string[]): string[] => {
  const { accuracy, macroF1 } = judgePredictions(labels, timing.predictions);
  return [
    label,
    Math.round(timing.textsPerSecond).toLocaleString('en'),
    places(timing.msPerText, 3),
    places(accuracy, 3),
    places(macroF1, 3),
    places(timing.loadMs, 0),
    places(timing.sizeBytes / 1e6, 2),
    timing.trainMs === 0 ? 'shipped' : places(timing.trainMs / 1_000, 1),
  ];
};

const header = ['', 'texts/s', 'ms a text', 'accuracy', 'macro-F1', 'load ms', 'model MB', 'training s'];

/** Compares speed and category figures of the local model with NLP.js and natural; true when it leads them all. */
export const runAi = async (): Promise<boolean> => {
  installReferences();
  buildProofdesk();
  const labels = readFileSync(holdoutFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { category: string }).category);
  const results: { label: string; timing: Timing }[] = [];
  for (const contestant of contestants) {
    process.stdout.write(`${contestant.label} ...\n`);
    results.push({ label: contestant.label, timing: await runContestant(contestant) });
  }
  const rows = results.map(({ label, timing }) => rowOf(label, timing, labels));
  process.stdout.write(`\nCategory of ${labels.length} messages that none was trained on\n\n`);
  process.stdout.write(`${tableText(header, rows)}\n`);
  const [ours, ...others] = results.map(({ timing }) => judgePredictions(labels, timing.predictions).macroF1);
  return others.every((other) => (ours ?? 0) > other);
};

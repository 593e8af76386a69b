import { readFileSync } from 'node:fs';

/**
 * @typedef {{ text: string, category: string, language: string }} Message
 * @typedef {{ language: string, text: string }} Question
 * @typedef {{ train?: (messages: readonly Message[]) => Promise<void>, save(): Promise<string | Uint8Array>,
 *   load(saved: string | Uint8Array): Promise<(question: Question) => Promise<string>> }} Classifier
 *
 * @typedef {{ trainMs: number, loadMs: number, sizeBytes: number, msPerText: number, textsPerSecond: number,
 *   predictions: string[] }} Timing
 */

/** Texts are classified in passes over the whole set for at least this time; the first pass only warms up. */
const measuredMs = 1_500;

/**
 * @param {string} file
 * @returns {Message[]}
 */
const readMessages = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** @param {number[]} numbers */
const middleOf = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

/**
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<[Result, number]>}
 */
const timed = async (work) => {
  const startedAt = performance.now();
  const result = await work();
  return [result, performance.now() - startedAt];
};

/**
 * @param {(question: Question) => Promise<string>} classify
 * @param {readonly Message[]} messages
 */
const timeTexts = async (classify, messages) => {
  const predictions = [];
  for (const message of messages) predictions.push(await classify(message));
  /** @type {number[]} */
  const durations = [];
  const [, totalMs] = await timed(async () => {
    const until = performance.now() + measuredMs;
    while (performance.now() < until) {
      for (const message of messages) durations.push((await timed(() => classify(message)))[1]);
    }
  });
  return {
    predictions,
    textsPerSecond: (durations.length * 1_000) / totalMs,
    msPerText: middleOf(durations),
  };
};

/**
 * Trains a classifier unless it comes trained, saves it, loads it again and times it, in a process of its own; the answer goes to the
 * parent. Arguments: the training file and the file of messages to classify.
 *
 * @param {Classifier} classifier
 */
export const timeClassifier = async (classifier) => {
  const [trainingFile = '', holdoutFile = ''] = process.argv.slice(2);
  const { train } = classifier;
  const trainMs = train === undefined ? 0 : (await timed(() => train(readMessages(trainingFile))))[1];
  const saved = await classifier.save();
  const [classify, loadMs] = await timed(() => classifier.load(saved));
  const timing = await timeTexts(classify, readMessages(holdoutFile));
  /** @type {Timing} */
  const result = { trainMs, loadMs, sizeBytes: Buffer.byteLength(saved), ...timing };
  process.send?.(result);
};

import { median } from '../statistics.ts';
import { type Candidate, type Load, loadTogether, repliesPerProcessorSecond } from './candidate.ts';
import type { Field, SubjectName } from './field.ts';

/** Replies per processor-second of four candidates that were loaded at the same time. */
export interface Sample {
  express: number;
  control: number;
  usual: number;
  subject: number;
}

/** The samples of each subject, one a round. */
export type Samples = Map<SubjectName, Sample[]>;

export interface RoundOptions extends Load {
  subjects: readonly SubjectName[];
  rounds: number;
}

/** Two equal servers differ by no more than this on a machine that is quiet enough. */
export const controlRange = { lowest: 0.8, highest: 1.25 };

const takeSample = async (field: Field, subject: SubjectName, load: Load): Promise<Sample> => {
  const { express, control, usual, subjects } = field;
  const measured = await loadTogether([express, control, usual, subjects[subject]], load);
  const [first, second, third, fourth] = measured.map(repliesPerProcessorSecond) as [
    number,
    number,
    number,
    number,
  ];
  return { express: first, control: second, usual: third, subject: fourth };
};

/** After so many requests the code that they run has long been compiled. */
const warmUpReplies = 8_000;
const longestWarmUpMs = 10_000;

const warmUpOne = async (candidate: Candidate, load: Load): Promise<void> => {
  const deadline = performance.now() + longestWarmUpMs;
  const enough = candidate.answered + warmUpReplies;
  while (candidate.answered < enough && performance.now() < deadline) await loadTogether([candidate], load);
};

/** Lets every server's code be compiled and every cache be filled; nothing is kept of it. */
export const warmUp = async (field: Field, options: RoundOptions): Promise<void> => {
  const measured = options.subjects.map((subject) => field.subjects[subject]);
  const load = { ...options, windowMs: 500 };
  for (const candidate of [field.express, field.control, field.usual, ...measured]) {
    await warmUpOne(candidate, load);
  }
};

/** Measures the subjects in alternation, round after round; each round begins with another one. */
export const measureRounds = async (field: Field, options: RoundOptions): Promise<Samples> => {
  const { subjects, rounds } = options;
  const samples: Samples = new Map(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const subject = subjects[(round + turn) % subjects.length] as SubjectName;
      samples.get(subject)?.push(await takeSample(field, subject, options));
    }
  }
  return samples;
};

export const ratios = (samples: readonly Sample[], of: keyof Sample, to: keyof Sample): number[] =>
  samples.map((sample) => sample[of] / sample[to]);

/** Whether the control says that these samples can be believed. */
export const isBelievable = (samples: readonly Sample[]): boolean => {
  const ratio = median(ratios(samples, 'control', 'express'));
  return ratio >= controlRange.lowest && ratio <= controlRange.highest;
};

import { readdirSync } from 'node:fs';
import { z } from 'zod';
import {
  categorySchema,
  emotionSchema,
  languages,
  sentimentSchema,
  urgencySchema,
} from '../src/protocol/enumerations.ts';
import type { TrainingMessage } from './heads.ts';
import type { LabelledMessage } from './labelled-file.ts';
import { LabelledFileError, readLabelledFile, readLines } from './labelled-file.ts';

const DATA = new URL('../data/', import.meta.url);
export const HOLDOUT_FILE = new URL('print-support-holdout.jsonl', DATA);

const correctionSchema = z.object({
  text: z.string(),
  category: categorySchema.optional(),
  sentiment: sentimentSchema.optional(),
  urgency: urgencySchema.optional(),
  emotion: emotionSchema.optional(),
  complexity: z.int().min(1).max(10).optional(),
  visual: z.boolean().optional(),
  reason: z.string().min(1),
});
const sentenceSchema = z.object({ text: z.string(), language: z.enum(languages) });

/** Everything the model learns from; figures are taken on `original` alone, the target distribution. */
export interface TrainingData {
  readonly original: readonly LabelledMessage[];
  /** Sets written since, by file name; learned from, never measured on. */
  readonly additional: ReadonlyMap<string, readonly LabelledMessage[]>;
  readonly sentences: readonly TrainingMessage[];
}

function readCorrections(): Map<string, Partial<LabelledMessage>> {
  const lines = readLines(new URL('label-corrections.jsonl', DATA));
  return new Map(
    lines.map(({ line }) => {
      const { text, reason: _reason, ...labels } = correctionSchema.parse(JSON.parse(line));
      return [text, labels as Partial<LabelledMessage>];
    }),
  );
}

function correct(
  messages: LabelledMessage[],
  corrections: Map<string, Partial<LabelledMessage>>,
): LabelledMessage[] {
  return messages.map((message) => ({ ...message, ...corrections.get(message.text) }));
}

/** Reads the labelled files, applies the corrections. @throws LabelledFileError when a correction fits no message. */
export function readTrainingData(): TrainingData {
  const original = readLabelledFile(new URL('print-support-train.jsonl', DATA));
  const names = readdirSync(DATA)
    .filter((name) => name.startsWith('additional-'))
    .sort();
  const additional = names.map((name) => [name, readLabelledFile(new URL(name, DATA))] as const);
  const corrections = readCorrections();
  const known = new Set(
    [original, ...additional.map(([, messages]) => messages)].flat().map(({ text }) => text),
  );
  for (const text of corrections.keys()) {
    if (!known.has(text)) throw new LabelledFileError(`label-corrections.jsonl: no message reads "${text}"`);
  }
  const sentences = readLines(new URL('other-languages.jsonl', DATA)).map(({ line }) =>
    sentenceSchema.parse(JSON.parse(line)),
  );
  return {
    original: correct(original, corrections),
    additional: new Map(additional.map(([name, messages]) => [name, correct(messages, corrections)])),
    sentences,
  };
}

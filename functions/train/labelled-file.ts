import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  categories,
  categorySchema,
  channelSchema,
  emotionSchema,
  languageSchema,
  sentimentSchema,
  urgencySchema,
} from '../src/protocol/enumerations.ts';

const labelledMessageSchema = z.object({
  text: z.string(),
  category: categorySchema,
  sentiment: sentimentSchema,
  urgency: urgencySchema,
  complexity: z.int().min(1).max(10),
  channel: channelSchema.optional(),
  visual: z.boolean(),
  language: languageSchema,
  emotion: emotionSchema.optional(),
  acceptable: z.array(z.enum(categories)).optional(),
  slices: z.array(z.string()).optional(),
});

/** One message with its labels; `acceptable` lists further categories that a fair judge could give. */
export type LabelledMessage = z.infer<typeof labelledMessageSchema>;

export class LabelledFileError extends Error {
  override readonly name = 'LabelledFileError';
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new LabelledFileError(`${place}: not valid JSON`, { cause });
  }
}

/** Parses one line of a labelled file. @throws LabelledFileError naming the line and the field. */
function parseLabelledLine(line: string, place: string): LabelledMessage {
  const result = labelledMessageSchema.safeParse(parseJson(line, place));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new LabelledFileError(`${place}: ${issue?.path.join('.') || 'line'}: ${issue?.message}`);
}

/** Reads a file of one JSON object a line; empty lines are skipped. */
export function readLines(file: string | URL): { line: string; place: string }[] {
  return readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ line, place: `${file} line ${index + 1}` }))
    .filter(({ line }) => line.trim() !== '');
}

export function readLabelledFile(file: string | URL): LabelledMessage[] {
  const messages = readLines(file).map(({ line, place }) => parseLabelledLine(line, place));
  if (messages.length === 0) throw new LabelledFileError(`${file}: holds no labelled message`);
  return messages;
}

import { readFile, writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { type DocumentFormat, documentFormats, renderDocument } from '../documentation/rendering/render.ts';
import { type Document, type DocumentAudience, documentAudiences } from '../protocol/documentation.ts';

const chosen =
  <Choice extends string>(choices: readonly Choice[]) =>
  (text: string): Choice => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) throw new InvalidArgumentError(`Choose one of ${choices.join(', ')}.`);
    return choice;
  };

export const formatArgument = chosen(documentFormats);
export const audienceArgument = chosen(documentAudiences);

export interface OutputOptions {
  format: DocumentFormat;
  output?: string;
}

export interface SourceOptions {
  repo: string;
  audience: DocumentAudience;
  content: boolean;
}

const readExisting = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
};

/** Writes the document where it is wanted: into a file, or to standard output. */
export const writeOutput = async (document: Document, { format, output }: OutputOptions): Promise<void> => {
  if (output === undefined) {
    process.stdout.write(renderDocument(document, format));
    return;
  }
  const existing = format === 'changelog' ? await readExisting(output) : '';
  await writeFile(output, renderDocument(document, format, existing));
};

/** Seconds between looks, as a whole number. */
export const secondsArgument = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('Write whole seconds.');
  return Number(text);
};

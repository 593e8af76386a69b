import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { AppError } from '../errors/app-error.ts';

/** The text of a document, from a file or from standard input. */
export const readDocumentText = async (file: string | undefined): Promise<string> => {
  if (file === undefined) return text(process.stdin);
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('validation_failed', `${file} cannot be read: ${why}`, { cause });
  });
};

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { renderDocument } from '../documentation/rendering/render.ts';
import type { Document } from '../protocol/documentation.ts';
import type { OutputOptions } from './document-options.ts';

const readExisting = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
};

/** Writes the document where it is wanted: into a file, whose folder is made when it is missing, or to standard output. */
export const writeOutput = async (document: Document, { format, output }: OutputOptions): Promise<void> => {
  if (output === undefined) {
    process.stdout.write(renderDocument(document, format));
    return;
  }
  const existing = format === 'changelog' ? await readExisting(output) : '';
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, renderDocument(document, format, existing));
};

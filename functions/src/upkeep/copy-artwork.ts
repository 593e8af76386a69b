import { createHash } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import { everyRecord } from '../ports/every-record.ts';
import type { Files, StoredFile } from '../ports/files.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { Proof } from '../protocol/proofs.ts';

/** What became of the files that the records name. */
export interface CopiedArtwork {
  copied: number;
  /** Were there whole; those of a copy that was cut short. */
  there: number;
  /** One sentence for each file that could not be copied. */
  problems: string[];
}

export interface CopyArtworkOptions {
  /** Names the files, and says what each must be. */
  store: RecordStore;
  from: Files;
  to: Files;
}

const measure = async (files: Files, id: string): Promise<StoredFile> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of (await files.read(id)) as AsyncIterable<Buffer>) {
    size += chunk.length;
    hash.update(chunk);
  }
  return { size, sha256: hash.digest('hex') };
};

const isFileOf = ({ size, sha256 }: Proof, stored: StoredFile): boolean =>
  stored.size === size && stored.sha256 === sha256;

const isMissing = (error: unknown): boolean => error instanceof AppError && error.code === 'not_found';
const isTooLong = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'payload_too_large';

/** Copies one file and measures it on the way; what is not the file of the record does not stay. */
const copyOne = async ({ from, to }: CopyArtworkOptions, proof: Proof): Promise<string | undefined> => {
  const name = `${proof.id} (${proof.name} in session ${proof.sessionId})`;
  try {
    const stored = await to.put(proof.id, await from.read(proof.id), proof.size);
    if (isFileOf(proof, stored)) return undefined;
    await to.delete(proof.id);
  } catch (error) {
    if (isMissing(error)) return `${name} is missing.`;
    if (!isTooLong(error)) throw error;
  }
  return `${name} is not the file that was uploaded.`;
};

/**
 * Copies the artwork of all records, one file after the other and each as a stream, and compares size and SHA-256
 * with the record. What is at its place already is compared and left alone, so that a copy that was cut short goes
 * on where it was. Files that no record names stay behind.
 */
export const copyArtwork = async (options: CopyArtworkOptions): Promise<CopiedArtwork> => {
  const { store, to } = options;
  const result: CopiedArtwork = { copied: 0, there: 0, problems: [] };
  for await (const proof of everyRecord(store, 'proofs', { orderBy: 'id', direction: 'ascending' })) {
    if (await to.exists(proof.id)) {
      if (isFileOf(proof, await measure(to, proof.id))) result.there += 1;
      else result.problems.push(`${proof.id} is at its new place already, and is another file.`);
      continue;
    }
    const problem = await copyOne(options, proof);
    if (problem === undefined) result.copied += 1;
    else result.problems.push(problem);
  }
  return result;
};

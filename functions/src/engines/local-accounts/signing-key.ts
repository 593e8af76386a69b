import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** Puts a new key in place whole, or leaves the one that another process was faster to put there. */
const placeNewKey = async (file: string): Promise<void> => {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, randomBytes(keyBytes).toString('base64url'), { mode: 0o600, flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    await rm(draft);
  }
};

const readKey = async (file: string): Promise<Uint8Array | undefined> => {
  try {
    return Buffer.from(await readFile(file, 'utf8'), 'base64url');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * The key that signs tokens: the one that was configured, else the one kept in `dataDir`, made at the first
 * start and readable by its owner only. Nodes that share accounts must be given the same key. Fails when the
 * kept key is too short to sign with.
 */
export const loadSigningKey = async (
  dataDir: string,
  configured: string | undefined,
): Promise<Uint8Array> => {
  if (configured !== undefined) return new TextEncoder().encode(configured);
  const file = join(dataDir, 'signing-key');
  if ((await readKey(file)) === undefined) await placeNewKey(file);
  const key = await readKey(file);
  if (key !== undefined && key.length >= keyBytes) return key;
  throw new Error(`${file} is damaged: remove it, and everybody signs in anew.`);
};

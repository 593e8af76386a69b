import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/**
 * The key that signs tokens: the one that was configured, else the one kept in `dataDir`, made at the first
 * start and readable by its owner only. Nodes that share accounts must be given the same key.
 */
export const loadSigningKey = async (
  dataDir: string,
  configured: string | undefined,
): Promise<Uint8Array> => {
  if (configured !== undefined) return new TextEncoder().encode(configured);
  const file = join(dataDir, 'signing-key');
  const fresh = randomBytes(32).toString('base64url');
  try {
    await writeFile(file, fresh, { flag: 'wx', mode: 0o600, flush: true });
    return Buffer.from(fresh, 'base64url');
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  return Buffer.from(await readFile(file, 'utf8'), 'base64url');
};

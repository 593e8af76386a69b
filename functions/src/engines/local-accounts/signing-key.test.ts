import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../testing/make-folder.ts';
import { loadSigningKey } from './signing-key.ts';

describe('the signing key', () => {
  it('[EN1] one is made, readable by its owner only, and used again', async () => {
    const folder = await makeFolder();
    const key = await loadSigningKey(folder, undefined);
    expect(key).toHaveLength(32);
    expect((await stat(join(folder, 'signing-key'))).mode & 0o777).toBe(0o600);
    expect(await loadSigningKey(folder, undefined)).toEqual(key);
    expect(await readdir(folder)).toEqual(['signing-key']);
  });

  it('[EN1] processes that start together use one key', async () => {
    const folder = await makeFolder();
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(folder, undefined)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['signing-key']);
  });

  it('[EN1] a key that was configured wins, and none is written', async () => {
    const folder = await makeFolder();
    const configured = 'a configured key of more than 32 letters';
    expect(Buffer.from(await loadSigningKey(folder, configured)).toString()).toBe(configured);
    expect(await readdir(folder)).toEqual([]);
  });

  it('[FA] an emptied key file is refused, never used', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'signing-key'), '');
    await expect(loadSigningKey(folder, undefined)).rejects.toThrow('is damaged');
  });
});

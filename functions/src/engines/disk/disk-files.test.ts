import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { describeFiles } from '../../ports/files.contract.ts';
import type { Files } from '../../ports/files.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { storeFailure } from './disk-failure.ts';
import { openDiskFiles } from './disk-files.ts';

const folders = new WeakMap<Files, string>();

const openInFolder = async (): Promise<Files> => {
  const folder = await makeFolder();
  const files = await openDiskFiles({ folder });
  folders.set(files, folder);
  return files;
};

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

describeFiles('disk', {
  open: openInFolder,
  usedBytes: async (files) => {
    const sizes = (await filesIn(folders.get(files) ?? '')).map(async (path) => (await stat(path)).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  },
});

describe('files on a disk', () => {
  it('[RE2] are there after a restart; what was left of cut uploads is gone', async () => {
    const folder = await makeFolder();
    const before = await openDiskFiles({ folder });
    await before.put('one', Readable.from([Buffer.from('text')]), 100);
    await writeFile(join(folder, 'incoming', 'half'), 'a half');
    const after = await openDiskFiles({ folder });
    await after.removeLeftovers(3_600_000);
    expect(await filesIn(folder)).toHaveLength(2);
    await after.removeLeftovers(0);
    expect(await after.exists('one')).toBe(true);
    expect(await filesIn(folder)).toEqual([join(folder, 'files', 'one')]);
  });

  it('[FA] a folder that cannot be used is told as unavailable, without its path', async () => {
    const folder = await makeFolder();
    const logged: unknown[] = [];
    const files = await openDiskFiles({ folder, logger: { error: (details) => logged.push(details) } });
    await rm(join(folder, 'incoming'), { recursive: true });
    const put = files.put('one', Readable.from([Buffer.from('text')]), 100);
    await expect(put).rejects.toMatchObject({ code: 'unavailable', retryAfterMs: 10_000 });
    await put.catch((error: Error) => expect(error.message).not.toContain(folder));
    expect(logged).toHaveLength(1);
    expect(await files.healthy()).toBe(false);
    await mkdir(join(folder, 'incoming'));
    expect(await files.healthy()).toBe(true);
  });

  it('[FA] a folder that is gone is told as unavailable by a deletion, too', async () => {
    const folder = await makeFolder();
    const files = await openDiskFiles({ folder });
    await rm(join(folder, 'files'), { recursive: true });
    await expect(files.delete('one')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('[EN1] what the source fails with is its own, although a disk fails with such codes', async () => {
    const logged: unknown[] = [];
    const logger = { error: (details: object) => logged.push(details) };
    const files = await openDiskFiles({ folder: await makeFolder(), logger });
    const failure = Object.assign(new Error('another disk fails'), { code: 'EIO' });
    const source = Readable.from(
      (async function* () {
        yield Buffer.from('text');
        throw failure;
      })(),
    );
    await expect(files.put('one', source, 100)).rejects.toBe(failure);
    expect(logged).toEqual([]);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'])('[FA] %s is a failure of the machine', (code) => {
    const failure = storeFailure(Object.assign(new Error(`${code}: /data/x`), { code }));
    expect(failure).toMatchObject({ code: 'unavailable' });
  });
});

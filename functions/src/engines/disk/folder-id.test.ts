import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../testing/make-folder.ts';
import { readFolderId } from './folder-id.ts';

describe('the id of a folder', () => {
  it('[EN7] is one by whatever path, also for several who ask first, and another in another folder', async () => {
    const folder = await makeFolder();
    const link = join(await makeFolder(), 'mounted');
    await symlink(folder, link);
    const ids = await Promise.all([folder, link, folder, link].map(readFolderId));
    expect(new Set(ids).size).toBe(1);
    expect(await readFolderId(folder)).toBe(ids[0]);
    expect(await readFolderId(await makeFolder())).not.toBe(ids[0]);
    expect(await readdir(folder)).toEqual(['id']);
  });
});

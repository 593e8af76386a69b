import { chmod, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../testing/make-folder.ts';
import { backupSqlite, restoreSqlite } from './backup.ts';
import { openSqliteStore } from './sqlite-store.ts';

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

/** Records whose file others may read, as older versions made it. */
const openRecords = async () => {
  const folder = await makeFolder();
  const file = join(folder, 'records.sqlite');
  await (await openSqliteStore({ file })).close();
  await chmod(file, 0o644);
  return { folder, file, copy: join(folder, 'copy.sqlite') };
};

describe('copies of a SQLite file', () => {
  it('[RE7] are for their user alone', async () => {
    const { folder, file, copy } = await openRecords();
    await backupSqlite(file, copy);
    expect(await modeOf(copy)).toBe(0o600);
    await chmod(copy, 0o644);
    const restored = join(folder, 'restored.sqlite');
    await restoreSqlite(copy, restored, async () => undefined);
    expect(await modeOf(restored)).toBe(0o600);
  });

  it('[RE7] leave nothing when they cannot be made', async () => {
    const { folder, copy } = await openRecords();
    const damaged = join(folder, 'damaged.sqlite');
    await writeFile(damaged, 'no database');
    await expect(backupSqlite(damaged, copy)).rejects.toThrow();
    expect(await readdir(folder)).not.toContain('copy.sqlite');
  });

  it('[RE7] are refused in one sentence when they are no records', async () => {
    const { folder } = await openRecords();
    const other = join(folder, 'letter.txt');
    await writeFile(other, 'Dear shop, this is no database, however long it may be.');
    const restored = join(folder, 'restored.sqlite');
    await expect(restoreSqlite(other, restored, async () => undefined)).rejects.toMatchObject({
      code: 'validation_failed',
      detail: expect.stringMatching(/^The backup cannot be restored: /),
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('restored'))).toEqual([]);
  });

  it('[RE7] say what to do where records are in the way', async () => {
    const { file, copy } = await openRecords();
    await backupSqlite(file, copy);
    await expect(backupSqlite(file, copy)).rejects.toThrow(
      /copy\.sqlite is there already: name another file/,
    );
    const restoring = restoreSqlite(copy, file, async () => undefined);
    await expect(restoring).rejects.toThrow(/stop the server, move it away with its -wal and -shm/);
  });
});

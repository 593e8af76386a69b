import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleUser } from '../../ports/record-store-samples.contract.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { busyTimeoutMs } from './connection.ts';
import type { SqliteConnection } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';
import { openSqliteStore } from './sqlite-store.ts';

const pragma = (connection: SqliteConnection, name: string) =>
  connection.prepare(`PRAGMA ${name}`).get([])?.[0];

describe('connections', () => {
  it('[RE1] every connection that a store opens syncs each commit', async () => {
    const file = join(await makeFolder(), 'records.db');
    const connections: SqliteConnection[] = [];
    const open = (path: string): SqliteConnection => {
      const connection = openLibsql(path);
      connections.push(connection);
      return connection;
    };
    const stores = [await openSqliteStore({ file, open }), await openSqliteStore({ file, open })];
    expect(connections.length).toBeGreaterThanOrEqual(2);
    for (const connection of connections) {
      expect(pragma(connection, 'journal_mode')).toBe('wal');
      expect(pragma(connection, 'synchronous')).toBe(2);
      expect(pragma(connection, 'busy_timeout')).toBe(busyTimeoutMs);
      expect(pragma(connection, 'foreign_keys')).toBe(0);
      expect(pragma(connection, 'secure_delete')).toBe(1);
    }
    for (const store of stores) await store.close();
  });

  it('[RE8] what was erased is not left in the file, whatever its length', async () => {
    const file = join(await makeFolder(), 'records.db');
    const store = await openSqliteStore({ file });
    const secret = 'zyx'.repeat(2_000);
    const user = (id: string, name: string) =>
      store.write((writer) => writer.put('users', sampleUser({ id, name })));
    for (let index = 0; index < 50; index += 1) {
      await user(`removed-${index}`, `${secret} ${index}`);
      await user(`changed-${index}`, `zyx ${index}`);
    }
    for (let index = 0; index < 50; index += 1) {
      await store.write((writer) => writer.delete('users', `removed-${index}`));
      await user(`changed-${index}`, 'nobody');
    }
    await store.close();
    const folder = dirname(file);
    for (const name of await readdir(folder)) {
      expect((await readFile(join(folder, name))).includes('zyx'), name).toBe(false);
    }
  });
});

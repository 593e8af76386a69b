import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
    }
    for (const store of stores) await store.close();
  });
});

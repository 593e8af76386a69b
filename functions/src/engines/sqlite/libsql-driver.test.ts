import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../testing/make-folder.ts';
import { sqliteCodeOf } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';

describe('driver', () => {
  it('[EN6] gives rows as plain arrays, also more than one fetch of them', () => {
    const connection = openLibsql(':memory:');
    const sql =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) SELECT i, NULL FROM n';
    const rows = connection.prepare(`${sql} WHERE i <= ?`).all([250]);
    expect(rows.map((row) => JSON.stringify(row))).toEqual(
      Array.from({ length: 250 }, (_, i) => `[${i + 1},null]`),
    );
    expect(connection.prepare('SELECT 1 WHERE ? = 2').get([1])).toBeUndefined();
    connection.close();
  });

  it('[EN6] tells how many rows changed and names the result that SQLite gave', () => {
    const connection = openLibsql(':memory:');
    connection.exec('CREATE TABLE one (id TEXT PRIMARY KEY)');
    const insert = connection.prepare('INSERT INTO one VALUES (?) ON CONFLICT DO NOTHING');
    expect([insert.run(['a']), insert.run(['a']), insert.run(['b'])]).toEqual([1, 0, 1]);
    const failures = [
      () => connection.prepare('INSERT INTO one VALUES (?)').run(['a']),
      () => connection.exec('SELECT nonsense'),
    ];
    const codes = failures.map((failure) => {
      try {
        failure();
      } catch (error) {
        return sqliteCodeOf(error);
      }
      return 'did not fail';
    });
    expect(codes).toEqual(['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_ERROR']);
    connection.close();
  });

  it('[EN1] a read leaves no snapshot open that would hide what others commit', async () => {
    const file = join(await makeFolder(), 'records.db');
    const [reader, writer] = [openLibsql(file), openLibsql(file)];
    writer.exec('PRAGMA journal_mode = WAL');
    writer.exec('CREATE TABLE one (id INTEGER, value INTEGER)');
    writer.exec('INSERT INTO one VALUES (1, 1), (2, 1)');
    const read = reader.prepare('SELECT value FROM one WHERE id >= ?');
    expect(read.get([1])?.[0]).toBe(1);
    writer.exec('UPDATE one SET value = 2');
    reader.exec('BEGIN IMMEDIATE');
    expect(read.get([1])?.[0]).toBe(2);
    reader.exec('COMMIT');
    for (const connection of [reader, writer]) connection.close();
  });
});

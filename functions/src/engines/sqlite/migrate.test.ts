import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../testing/make-folder.ts';
import type { SqliteConnection } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { schemaDifference } from './schema-difference.ts';
import { openSqliteStore } from './sqlite-store.ts';

const inMemory = (): SqliteConnection => {
  const connection = openLibsql(':memory:');
  onTestFinished(() => connection.close());
  return connection;
};

const migrated = (): SqliteConnection => {
  const connection = inMemory();
  migrate(connection, 'memory');
  return connection;
};

const versionOf = (connection: SqliteConnection) => connection.prepare('PRAGMA user_version').get([])?.[0];

describe('schema of the SQLite records', () => {
  it('[RE2] migrations arrive at the schema that collections describe; else add the step that this prints', () => {
    expect(schemaDifference(migrated(), inMemory())).toEqual([]);
  });

  it('[RE2] what the difference prints is the step that is missing', () => {
    const connection = migrated();
    const before = `INSERT INTO supportSessions (id, startTime, tags, version) VALUES ('a', 't', '["x","y"]', 1)`;
    connection.exec(before);
    connection.exec('DROP INDEX users_role_by_createdAt');
    connection.exec('DROP TABLE leases');
    connection.exec('DROP TABLE supportSessions_tags_by_startTime');
    connection.exec('DROP TRIGGER supportSessions_tags_by_startTime_insert');
    connection.exec('DROP TRIGGER supportSessions_tags_by_startTime_update');
    connection.exec('DROP TRIGGER supportSessions_tags_by_startTime_delete');
    connection.exec('ALTER TABLE audit DROP COLUMN data');
    connection.exec('ALTER TABLE audit ADD COLUMN forgotten TEXT');
    const step = schemaDifference(connection, inMemory());
    expect(step).toContain('ALTER TABLE "audit" ADD COLUMN "data" TEXT');
    for (const statement of step) connection.exec(statement);
    expect(schemaDifference(connection, inMemory())).toEqual([]);
    const entries = connection.prepare('SELECT value, id FROM supportSessions_tags_by_startTime').all([]);
    expect(entries.map((row) => [...row])).toEqual([
      ['x', 'a'],
      ['y', 'a'],
    ]);
  });

  it('[RE2] an older file moves forward by itself and keeps its records', () => {
    const connection = migrated();
    connection.exec(`INSERT INTO users (id, name, version) VALUES ('a', 'Anna', 1)`);
    const later = [
      ...migrations,
      ['ALTER TABLE users ADD COLUMN nick TEXT'],
      [`UPDATE users SET nick = 'An'`],
    ];
    migrate(connection, 'memory', later);
    expect(versionOf(connection)).toBe(migrations.length + 2);
    expect([...(connection.prepare('SELECT name, nick FROM users').get([]) ?? [])]).toEqual(['Anna', 'An']);
    migrate(connection, 'memory', later);
    expect(versionOf(connection)).toBe(migrations.length + 2);
  });

  it('[RE2] a step that fails leaves the older schema whole', () => {
    const connection = migrated();
    const broken = [
      ...migrations,
      ['ALTER TABLE users ADD COLUMN nick TEXT', 'ALTER TABLE nothing ADD COLUMN a'],
    ];
    expect(() => migrate(connection, 'memory', broken)).toThrow(/nothing/);
    expect(versionOf(connection)).toBe(migrations.length);
    expect(schemaDifference(connection, inMemory())).toEqual([]);
  });

  it('[RE2] a file of a newer version is refused with a sentence, and left alone', async () => {
    const folder = await makeFolder();
    const file = join(folder, 'records.db');
    const newer = openLibsql(file);
    newer.exec('PRAGMA user_version = 4711');
    await expect(openSqliteStore({ file })).rejects.toThrow(
      `The records in ${file} were written by a newer version (schema 4711; this version knows ${migrations.length}).`,
    );
    expect(versionOf(newer)).toBe(4711);
    expect(newer.prepare('SELECT count(*) FROM sqlite_schema').get([])?.[0]).toBe(0);
    newer.close();
  });

  it('[RE2] a file that is no database is refused', async () => {
    const folder = await makeFolder();
    const file = join(folder, 'records.db');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(
      file,
      'this is no database, but a text that is long enough to be read as one'.repeat(100),
    );
    await expect(openSqliteStore({ file })).rejects.toThrow(/not a database/);
    await rm(file);
  });
});

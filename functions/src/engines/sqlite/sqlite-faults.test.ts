import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordStore } from '../../ports/record-store.ts';
import { numbered, sampleUser } from '../../ports/record-store-samples.contract.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import type { SqliteConnection } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** A store with its connection in the hand of the test, and what it logged. */
const openOnTestBench = async (options: { lockWaitMs?: number; beforeExec?: (sql: string) => void } = {}) => {
  const file = join(await makeFolder(), 'records.db');
  const connections: SqliteConnection[] = [];
  const open = (path: string): SqliteConnection => {
    const connection = openLibsql(path);
    connections.push(connection);
    const exec = (sql: string): void => {
      options.beforeExec?.(sql);
      connection.exec(sql);
    };
    return { exec, prepare: (sql) => connection.prepare(sql), close: () => connection.close() };
  };
  const log: string[] = [];
  const record = (_details: object, message: string): number => log.push(message);
  const logger = { error: record, info: record };
  const store = await openSqliteStore({ ...options, file, open, logger });
  return { store, file, log, pragma: (sql: string) => connections[0]?.prepare(`PRAGMA ${sql}`).all([]) };
};

const addUser = (store: RecordStore, id: string, name = 'One'): Promise<void> =>
  store.write((writer) => writer.create('users', sampleUser({ id, name })));

const refusal = { code: 'unavailable', retryAfterMs: expect.any(Number) };

describe('faults of the SQLite records', () => {
  it('[FA] a full disk refuses writes, keeps reads and whole records, and heals when there is room', async () => {
    const { store, log, pragma } = await openOnTestBench();
    await addUser(store, 'before');
    const pages = Number(pragma('page_count')?.[0]?.[0]);
    pragma(`max_page_count = ${pages + 20}`);
    const large = 'x'.repeat(9000);
    const results = await Promise.allSettled(numbered('user', 40).map((id) => addUser(store, id, large)));
    expect(results.every((result) => result.status === 'rejected')).toBe(true);
    await expect(addUser(store, 'alone', 'x'.repeat(200_000))).rejects.toMatchObject(refusal);
    const pair = store.write((writer) => {
      writer.create('users', sampleUser({ id: 'left' }));
      writer.create('users', sampleUser({ id: 'right', name: 'x'.repeat(200_000) }));
    });
    await expect(pair).rejects.toMatchObject(refusal);
    expect(await store.healthy()).toBe(false);
    expect((await store.get('users', 'before'))?.id).toBe('before');
    const list = await store.list('users', { orderBy: 'createdAt', direction: 'ascending', limit: 100 });
    expect(list.items.map((user) => user.id)).toEqual(['before']);
    expect(log).toEqual(['Writes are refused: the disk is full; reads go on']);

    pragma('max_page_count = 1000000');
    await Promise.all(numbered('user', 40).map((id) => addUser(store, id, large)));
    expect(await store.healthy()).toBe(true);
    expect(log.at(-1)).toBe('Writes are accepted again');
    expect(pragma('integrity_check')?.[0]?.[0]).toBe('ok');
    await store.close();
  });

  it('[FA] when the commit itself fails, nobody is told otherwise and nothing is stored', async () => {
    let failing = false;
    const { store } = await openOnTestBench({
      beforeExec: (sql) => {
        if (failing && sql === 'COMMIT')
          throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
      },
    });
    failing = true;
    const results = await Promise.allSettled([addUser(store, 'a'), addUser(store, 'b'), addUser(store, 'a')]);
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: refusal });
    failing = false;
    expect(await store.get('users', 'a')).toBeUndefined();
    await addUser(store, 'a');
    expect(await store.get('users', 'b')).toBeUndefined();
    await store.close();
  });

  it('[FA] a lock of another process is waited for, without blocking this one’s reads', async () => {
    const { store, file } = await openOnTestBench();
    await addUser(store, 'before');
    const other = openLibsql(file);
    other.exec('BEGIN IMMEDIATE');
    const waiting = addUser(store, 'waiting');
    expect((await store.get('users', 'before'))?.id).toBe('before');
    other.exec('COMMIT');
    await waiting;
    expect((await store.get('users', 'waiting'))?.id).toBe('waiting');
    other.close();
    await store.close();
  });

  it('[FA] a lock that stays ends the wait with unavailable, and the store recovers after it', async () => {
    const { store, file } = await openOnTestBench({ lockWaitMs: 300 });
    const other = openLibsql(file);
    other.exec('BEGIN IMMEDIATE');
    const results = await Promise.allSettled([addUser(store, 'a'), addUser(store, 'b')]);
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: refusal });
    expect(await store.get('users', 'a')).toBeUndefined();
    other.exec('ROLLBACK');
    await addUser(store, 'a');
    expect(await store.healthy()).toBe(true);
    other.close();
    await store.close();
  });

  it('[RE1] units of one tick share one commit, and a flood is cut into several', async () => {
    const commits: string[] = [];
    const { store } = await openOnTestBench({ beforeExec: (sql) => sql === 'COMMIT' && commits.push(sql) });
    commits.length = 0;
    await Promise.all(numbered('user', 300).map((id) => addUser(store, id)));
    expect(commits).toHaveLength(1);
    await Promise.all(numbered('other', 700).map((id) => addUser(store, id)));
    expect(commits).toHaveLength(3);
    await store.close();
  });

  it('[RE1] the units of a tick need no savepoint, and get one each when one of them fails', async () => {
    const executed: string[] = [];
    const { store } = await openOnTestBench({ beforeExec: (sql) => executed.push(sql) });
    executed.length = 0;
    await addUser(store, 'single');
    expect(executed).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    const addBoth = (...ids: string[]) =>
      store.write((writer) => {
        for (const id of ids) writer.create('users', sampleUser({ id }));
      });
    executed.length = 0;
    await Promise.all([addBoth('one', 'two'), addBoth('three', 'four')]);
    expect(executed).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    const outcomes = await Promise.allSettled([
      addBoth('five', 'six'),
      addBoth('seven', 'single'),
      addUser(store, 'eight'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(executed.filter((sql) => sql === 'SAVEPOINT unit')).toHaveLength(3);
    const stored = await Promise.all(['five', 'six', 'seven', 'eight'].map((id) => store.get('users', id)));
    expect(stored.map((user) => user?.id)).toEqual(['five', 'six', undefined, 'eight']);
    await store.close();
  });
});

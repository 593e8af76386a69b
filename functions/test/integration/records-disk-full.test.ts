import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openLibsql } from '../../src/engines/sqlite/libsql-driver.ts';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import { makeFolder } from '../../src/testing/make-folder.ts';
import { spawnChild } from '../records/killed-writer.ts';

const run = promisify(execFile);
/** Files of the process may not grow above this; the kernel then fails the write, as on a full disk. */
const fileLimitBytes = 6_000_000;

describe('a disk without room', () => {
  it('[FA] refuses writes, keeps reads, corrupts nothing and recovers in the same process', async () => {
    const file = join(await makeFolder(), 'records.db');
    const limited = ['prlimit', `--fsize=${fileLimitBytes}:unlimited`];
    const child = spawnChild('filling-writer.child.ts', [file], limited);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    while (!output.includes('refused\n')) await once(child.stdout ?? child, 'data');
    await run('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited']);
    child.stdin?.write('there is room\n');
    await once(child, 'close');

    const told = JSON.parse(output.trim().split('\n').at(-1) ?? '') as {
      codes: string[];
      readWhileFull: string;
      acknowledged: string[];
    };
    expect(told.codes).toEqual(['unavailable', 'unavailable']);
    expect(told.readWhileFull).toBe(told.acknowledged.at(-2));
    expect(told.acknowledged.length).toBeGreaterThan(50);
    const connection = openLibsql(file);
    expect(connection.prepare('PRAGMA integrity_check').get([])?.[0]).toBe('ok');
    connection.close();
    const store = await openSqliteStore({ file });
    const found = await Promise.all(told.acknowledged.map((id) => store.get('users', id)));
    expect(found.every((user) => user?.name.length === 20_000)).toBe(true);
    expect(await store.get('users', 'while-full')).toBeUndefined();
    await store.close();
  });
});

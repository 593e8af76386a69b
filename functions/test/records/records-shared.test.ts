import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibsql } from '../../src/engines/sqlite/libsql-driver.ts';
import { makeFolder } from '../../src/testing/make-folder.ts';
import { acknowledgedUntilKilled, pairsIn } from './killed-writer.ts';

describe('several processes on one file', () => {
  it('[EN1] start together on a new file, write at once, and each finds what it was promised', async () => {
    const file = join(await makeFolder(), 'records.db');
    const writers = [0, 1, 2].map((writer) => acknowledgedUntilKilled(file, writer, 150));
    const acknowledged = (await Promise.all(writers)).flat();
    expect(acknowledged.length).toBeGreaterThanOrEqual(450);
    const { whole, half } = await pairsIn(file);
    expect(half).toEqual([]);
    expect(acknowledged.filter((pair) => !whole.has(pair))).toEqual([]);
    const connection = openLibsql(file);
    expect(connection.prepare('PRAGMA integrity_check').get([])?.[0]).toBe('ok');
    connection.close();
  });
});

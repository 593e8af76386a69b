import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/engines/sqlite/sqlite-store.ts';
import { makeFolder } from '../../../src/testing/make-folder.ts';
import { allRecords, withoutEpochs } from '../../support/all-records.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';
import { runCommand, startServerProcess } from '../../support/processes.ts';
import { openRecords } from '../../support/records-place.ts';
import { signIn } from '../../support/server.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster({ fsync: 'off' });
});
afterAll(() => cluster.dispose());

describe('a shop moves', () => {
  it('[RE7] from SQLite to PostgreSQL and back: every record and log entry is equal, and the shop goes on', async () => {
    const first = await makeFolder();
    const demo = await startServerProcess({ DATA_DIR: first });
    await demo.end('SIGTERM');
    const place = { DATA_DIR: await makeFolder(), DATABASE_URL: await cluster.freshUrl() };
    const back = await makeFolder();
    const files = [join(first, 'there.jsonl'), join(first, 'back.jsonl')] as const;
    const steps: [Record<string, string>, string, string][] = [
      [{ DATA_DIR: first }, 'export', files[0]],
      [place, 'import', files[0]],
      [place, 'export', files[1]],
      [{ DATA_DIR: back }, 'import', files[1]],
    ];
    for (const [settings, word, file] of steps) {
      expect(await runCommand(settings, ['data', word, file])).toMatchObject({ code: 0, stderr: '' });
    }
    const stores = await Promise.all([
      openSqliteStore({ file: join(first, 'proofdesk.sqlite') }),
      openRecords(place),
      openSqliteStore({ file: join(back, 'proofdesk.sqlite') }),
    ]);
    const [before, moved, returned] = await Promise.all(
      stores.map(async (store) => withoutEpochs(await allRecords(store))),
    );
    await Promise.all(stores.map((store) => store.close()));
    expect(before?.sessionLog?.length).toBeGreaterThan(500);
    expect(moved).toEqual(before);
    expect(returned).toEqual(before);

    const server = await startServerProcess({ ...place, DEMO: '1' });
    const customer = await signIn(server.url, 'customer@demo.local');
    expect((await customer('GET', '/api/v1/sessions/session-123/messages')).status).toBe(200);
    await server.end('SIGTERM');
  });

  it('[RE7] doctor speaks of the database, and of one that cannot be reached', async () => {
    const DATA_DIR = await makeFolder();
    const good = await runCommand({ DATA_DIR, DATABASE_URL: await cluster.freshUrl() }, ['doctor']);
    expect(good).toMatchObject({ code: 0 });
    expect(good.stdout).toMatch(/good {2}records +postgres: a write takes/);
    const nobody = 'postgres://shop:a-secret@127.0.0.1:9/shop';
    const bad = await runCommand({ DATA_DIR, DATABASE_URL: nobody }, ['doctor']);
    expect(bad).toMatchObject({ code: 1 });
    expect(bad.stdout).toMatch(/BAD .*DATABASE_URL cannot be used: .*ECONNREFUSED/);
    expect(bad.stdout + bad.stderr).not.toContain('a-secret');
  });
});

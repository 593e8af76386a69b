import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Connections } from '../../../src/engines/postgres/connections.ts';
import { migrate } from '../../../src/engines/postgres/migrate.ts';
import { migrations } from '../../../src/engines/postgres/migrations.ts';
import { openPostgresStore } from '../../../src/engines/postgres/postgres-store.ts';
import { sampleUser } from '../../../src/ports/record-store-samples.contract.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster({ fsync: 'off' });
});
afterAll(() => cluster.dispose());

const connect = (url: string): Connections => {
  const connections = new Connections({ url });
  onTestFinished(() => connections.close());
  return connections;
};

describe('schema of a PostgreSQL database', () => {
  it('[RE2] several nodes may start at once: one migrates, the others find it done', async () => {
    const url = await cluster.freshUrl();
    const stores = await Promise.all(Array.from({ length: 6 }, () => openPostgresStore({ url })));
    await stores[0]?.write((writer) => writer.create('users', sampleUser()));
    for (const store of stores) expect(await store.get('users', 'user-1')).toEqual(sampleUser());
    await Promise.all(stores.map((store) => store.close()));
    expect(await connect(url).run('SELECT * FROM "schemaVersion"')).toEqual([[migrations.length]]);
  });

  it('[RE2] older records move forward by themselves and are kept', async () => {
    const url = await cluster.freshUrl();
    await migrate(url);
    const { run } = connect(url);
    await run(`INSERT INTO "users" ("id", "name", "version") VALUES ('a', 'Anna', 1)`);
    const later = [
      ...migrations,
      ['ALTER TABLE "users" ADD COLUMN "nick" TEXT'],
      [`UPDATE "users" SET "nick" = 'An'`],
    ];
    await migrate(url, later);
    expect(await run('SELECT "name", "nick" FROM "users"')).toEqual([['Anna', 'An']]);
    await migrate(url, later);
    expect(await run('SELECT * FROM "schemaVersion"')).toEqual([[migrations.length + 2]]);
  });

  it('[RE2] a step that fails leaves the older schema whole', async () => {
    const url = await cluster.freshUrl();
    await migrate(url);
    const broken = [
      ...migrations,
      ['ALTER TABLE "users" ADD COLUMN "nick" TEXT', 'ALTER TABLE "nothing" ADD COLUMN "a" TEXT'],
    ];
    await expect(migrate(url, broken)).rejects.toThrow(/nothing/);
    const { run } = connect(url);
    await expect(run('SELECT "nick" FROM "users"')).rejects.toThrow(/nick/);
    expect(await run('SELECT * FROM "schemaVersion"')).toEqual([[migrations.length]]);
  });

  it('[RE2] a database of a newer version is refused with a sentence, and left alone', async () => {
    const url = await cluster.freshUrl();
    await migrate(url);
    const { run } = connect(url);
    await run('UPDATE "schemaVersion" SET "version" = 4711');
    await expect(openPostgresStore({ url })).rejects.toThrow(
      `written by a newer version (schema 4711; this version knows ${migrations.length}).`,
    );
    expect(await run('SELECT * FROM "schemaVersion"')).toEqual([[4711]]);
  });
});

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../../src/engines/postgres/postgres-store.ts';
import { sampleUser } from '../../../src/ports/record-store-samples.contract.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster();
});
afterAll(() => cluster.dispose());

const open = async (waitMs = 0) => {
  const url = await cluster.freshUrl();
  const store = await openPostgresStore({ url, statementTimeoutMs: 500, waitMs });
  onTestFinished(() => store.close());
  const add = (id: string) => store.write((writer) => writer.create('users', sampleUser({ id })));
  return { url, store, add };
};

const unavailable = { code: 'unavailable', retryAfterMs: expect.any(Number) };

/** Writes as long as told; gives what was acknowledged and what was refused with a time to retry. */
const writeUntil = async (isOver: () => boolean, add: (id: string) => Promise<void>, name: string) => {
  const acknowledged: string[] = [];
  let refused = 0;
  for (let turn = 0; !isOver(); turn += 1) {
    const id = `${name}-${turn}`;
    try {
      await add(id);
      acknowledged.push(id);
    } catch (error) {
      expect(error).toMatchObject(unavailable);
      refused += 1;
      await new Promise(setImmediate);
    }
  }
  return { acknowledged, refused };
};

describe('faults of PostgreSQL', () => {
  for (const how of ['fast', 'immediate'] as const) {
    it(`[FA] a restart (${how}) under load loses nothing acknowledged, refuses meanwhile, and heals`, async () => {
      const { store, add } = await open();
      let over = false;
      const writers = ['a', 'b', 'c', 'd'].map((name) => writeUntil(() => over, add, name));
      await expect.poll(() => store.get('users', 'a-20')).toBeDefined();
      await cluster.stop(how);
      await expect.poll(() => store.healthy()).toBe(false);
      await expect(store.get('users', 'a-1')).rejects.toMatchObject(unavailable);
      await cluster.start();
      await expect.poll(() => store.healthy(), { timeout: 10_000 }).toBe(true);
      over = true;
      const results = await Promise.all(writers);
      expect(results.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(0);
      for (const id of results.flatMap(({ acknowledged }) => acknowledged)) {
        expect(await store.get('users', id), id).toBeDefined();
      }
    });
  }

  it('[FA] a server that stands still holds nobody up for ever, and is used again when it goes on', async () => {
    const { store, add } = await open();
    await add('before');
    await cluster.pause();
    onTestFinished(() => cluster.resume().catch(() => undefined));
    const asked = [
      add('meanwhile'),
      store.get('users', 'before'),
      store.list('users', { orderBy: 'createdAt', direction: 'ascending', limit: 5 }),
      store.log.snapshot('session-1', 10),
      store.transaction((transaction) => transaction.get('users', 'before')),
    ];
    for (const result of await Promise.allSettled(asked)) {
      expect(result).toMatchObject({ status: 'rejected', reason: unavailable });
    }
    expect(await store.healthy()).toBe(false);
    await cluster.resume();
    await expect.poll(() => store.healthy(), { timeout: 10_000 }).toBe(true);
    await add('after');
    expect((await store.get('users', 'after'))?.id).toBe('after');
  });

  it('[EN5] a server that is started later is waited for', async () => {
    const url = await cluster.freshUrl();
    await cluster.stop();
    const refused = openPostgresStore({ url });
    await expect(refused).rejects.toThrow(/ECONNREFUSED/);
    const opening = openPostgresStore({ url, waitMs: 30_000 });
    await cluster.start();
    const store = await opening;
    expect(await store.healthy()).toBe(true);
    await store.close();
  });

  it('[EN5] a database that does not exist is said at once, however long a server would be waited for', async () => {
    const url = (await cluster.freshUrl()).replace('/postgres?', '/nowhere?');
    await expect(openPostgresStore({ url, waitMs: 60_000 })).rejects.toThrow(/nowhere/);
  });
});

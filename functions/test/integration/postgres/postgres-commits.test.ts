import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../../src/engines/postgres/postgres-store.ts';
import { sampleOutcome, sampleUser } from '../../../src/ports/record-store-samples.contract.ts';
import { describeCommits } from '../../../src/ports/session-log-commits.contract.ts';
import { upTo } from '../../../src/ports/session-log-samples.contract.ts';
import { openDatabaseProxy } from '../../support/database-proxy.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster({ fsync: 'off' });
});
afterAll(() => cluster.dispose());

const databaseOf = async (url: string): Promise<Pool> => {
  const pool = new Pool({ connectionString: url });
  onTestFinished(() => pool.end());
  return pool;
};

/** A store whose commits the test sees, and can make fail. */
const openOnTestBench = async () => {
  const proxy = await openDatabaseProxy(await cluster.freshUrl());
  const log: string[] = [];
  const record = (_details: object, text: string): number => log.push(text);
  const store = await openPostgresStore({ url: proxy.url, logger: { error: record, info: record } });
  onTestFinished(async () => {
    await store.close();
    await proxy.close();
  });
  return { store, bench: proxy, log };
};

describeCommits('PostgreSQL', openOnTestBench);

describe('commits to PostgreSQL', () => {
  it('[RE1] a unit that the server refuses does not touch those of the same commit', async () => {
    const { store } = await openOnTestBench();
    const most = sampleOutcome({ resolved: Number.MAX_SAFE_INTEGER });
    const add = () => store.write((writer) => writer.increment('channelOutcomes', most, ['resolved']));
    // The sum leaves what a column can hold, which nobody but the server can know.
    const counted = upTo(1100).map(add);
    const beside = store.write((writer) => writer.put('users', sampleUser()));
    const results = await Promise.allSettled(counted);
    const refused = results.filter(({ status }) => status === 'rejected').length;
    expect(refused).toBe(1100 - 1024);
    await beside;
    expect(await store.get('users', 'user-1')).toEqual(sampleUser());
  });

  it.each([
    ['a deadlock', '40P01'],
    ['a failed serialisation', '40001'],
  ])(
    '[FA] what meets %s in every try can be tried again later, and nothing else is refused',
    async (_, state) => {
      const url = await cluster.freshUrl();
      const log: string[] = [];
      const record = (_details: object, text: string): number => log.push(text);
      const store = await openPostgresStore({ url, logger: { error: record, info: record } });
      onTestFinished(() => store.close());
      const database = await databaseOf(url);
      await database.query(`CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE 'others were faster' USING ERRCODE = '${state}'; END $$`);
      await database.query(
        'CREATE TRIGGER lose BEFORE INSERT ON "users" FOR EACH ROW EXECUTE FUNCTION lose()',
      );
      const loser = store.write((writer) => writer.put('users', sampleUser()));
      const outcome = sampleOutcome();
      const beside = store.write((writer) => writer.put('channelOutcomes', outcome));
      const unavailable = { code: 'unavailable', retryAfterMs: expect.any(Number) };
      await expect(loser).rejects.toMatchObject(unavailable);
      await beside;
      expect(await store.get('channelOutcomes', outcome.id)).toEqual(outcome);
      expect([log, await store.healthy()]).toEqual([[], true]);
      await database.query('DROP TRIGGER lose ON "users"');
      await store.write((writer) => writer.put('users', sampleUser()));
    },
  );

  it('[FA] it says once that writes are refused, and that they are accepted again', async () => {
    const { store, bench, log } = await openOnTestBench();
    bench.fault = 'before';
    const refused = upTo(3).map(() => store.write((writer) => writer.put('users', sampleUser())));
    expect((await Promise.allSettled(refused)).map(({ status }) => status)).not.toContain('fulfilled');
    expect(log).toEqual(['Writes are refused: PostgreSQL does not answer as it should']);
    bench.fault = 'none';
    await store.write((writer) => writer.put('users', sampleUser()));
    expect(log.at(-1)).toBe('PostgreSQL accepts writes again');
  });
});

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

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../../src/engines/postgres/postgres-store.ts';
import { numbered, sampleOutcome, sampleUser } from '../../../src/ports/record-store-samples.contract.ts';
import {
  appendAt,
  epoch,
  message,
  messages,
  putSession,
  readAll,
  seqsOf,
  sessionId,
  upTo,
} from '../../../src/ports/session-log-samples.contract.ts';
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
  return { store, proxy, log };
};

const unavailable = { code: 'unavailable', retryAfterMs: expect.any(Number) };

describe('commits to PostgreSQL', () => {
  it('[RE1] what arrives in one tick shares one commit, and what arrives during it the next', async () => {
    const { store, proxy } = await openOnTestBench();
    const ids = upTo(50).map((index) => `session-${index}`);
    await Promise.all(ids.map((id) => putSession(store, id)));
    proxy.commits = 0;
    await Promise.all([
      ...ids.map((id) => store.log.append(appendAt(0, messages(1), { sessionId: id }))),
      ...ids.map((id) => store.log.append(appendAt(1, messages(2), { sessionId: id }))),
      ...numbered('user', 50).map((id) => store.write((writer) => writer.put('users', sampleUser({ id })))),
    ]);
    expect(proxy.commits).toBe(1);
    expect(seqsOf(await readAll(store, 'session-50'))).toEqual([1, 2, 3]);
  });

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

  it('[FA] a commit that does not arrive acknowledges nothing, and the same append succeeds later', async () => {
    const { store, proxy, log } = await openOnTestBench();
    await putSession(store);
    proxy.fault = 'before';
    const refused = [0, 2].map((seq) => store.log.append(appendAt(seq, messages(2))));
    for (const append of refused) await expect(append).rejects.toMatchObject(unavailable);
    expect(log).toEqual(['Writes are refused: PostgreSQL does not answer as it should']);
    proxy.fault = 'none';
    expect(await store.log.read(sessionId, 0, 10)).toEqual({ head: { epoch, seq: 0 }, entries: [] });
    expect(await store.log.append(appendAt(0, messages(2)))).toMatchObject({ outcome: 'appended' });
    expect(log.at(-1)).toBe('PostgreSQL accepts writes again');
  });

  it('[FA] when the answer to a commit is lost, the entries are found where they stand, and not made twice', async () => {
    const { store, proxy } = await openOnTestBench();
    await putSession(store);
    const entry = message('hello', { operation: 'op-1/customer-1' });
    proxy.fault = 'after';
    await expect(store.log.append(appendAt(0, [entry]))).rejects.toMatchObject(unavailable);
    proxy.fault = 'none';
    const again = await store.log.append(appendAt(0, [entry]));
    expect(again).toEqual({ outcome: 'moved', head: { epoch, seq: 1 } });
    expect(await store.log.operations(sessionId, ['op-1/customer-1'])).toMatchObject([{ seq: 1, ...entry }]);
  });
});

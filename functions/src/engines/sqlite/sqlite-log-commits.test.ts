import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
} from '../../ports/session-log-samples.contract.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import type { SqliteConnection } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';
import { openSqliteStore } from './sqlite-store.ts';

const diskError = (): Error => Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });

/** A store whose commits the test sees; `fault` may stop one before it is made or hide that it was made. */
const openOnTestBench = async () => {
  const file = join(await makeFolder(), 'records.db');
  const bench: { commits: number; fault: 'none' | 'before' | 'after' } = { commits: 0, fault: 'none' };
  const open = (path: string): SqliteConnection => {
    const connection = openLibsql(path);
    const commit = (): void => {
      bench.commits += 1;
      if (bench.fault === 'before') throw diskError();
      connection.exec('COMMIT');
      if (bench.fault === 'after') throw diskError();
    };
    const exec = (sql: string): void => (sql === 'COMMIT' ? commit() : connection.exec(sql));
    return { exec, prepare: (sql) => connection.prepare(sql), close: () => connection.close() };
  };
  const store = await openSqliteStore({ file, open });
  return { store, bench };
};

const unavailable = { code: 'unavailable', retryAfterMs: expect.any(Number) };

describe('commits of the SQLite session logs', () => {
  it('[RT1] everything of a tick shares one commit: appends of all sessions, transactions and writes', async () => {
    const { store, bench } = await openOnTestBench();
    const ids = upTo(50).map((index) => `session-${index}`);
    for (const id of ids) await putSession(store, id);
    bench.commits = 0;
    const appended = ids.flatMap((id) => [
      store.log.append(appendAt(0, messages(1), { sessionId: id })),
      store.log.append(appendAt(1, messages(2), { sessionId: id })),
    ]);
    await Promise.all([
      ...appended,
      putSession(store, 'session-51'),
      store.transaction(async (transaction) => {
        await transaction.get('supportSessions', 'session-51');
        await transaction.append('session-51', '2026-01-31T09:00:00.000Z', messages(1));
      }),
    ]);
    // The transaction read before the session was made, so it ran again.
    expect(bench.commits).toBe(2);
    expect(seqsOf(await readAll(store, 'session-50'))).toEqual([1, 2, 3]);
    expect(seqsOf(await readAll(store, 'session-51'))).toEqual([1]);
    await store.close();
  });

  it('[FA] a commit that fails acknowledges nothing, and the same append succeeds later', async () => {
    const { store, bench } = await openOnTestBench();
    await putSession(store);
    bench.fault = 'before';
    const refused = [0, 2].map((seq) => store.log.append(appendAt(seq, messages(2))));
    for (const append of refused) await expect(append).rejects.toMatchObject(unavailable);
    bench.fault = 'none';
    expect(await store.log.read(sessionId, 0, 10)).toEqual({ head: { epoch, seq: 0 }, entries: [] });
    expect(await store.log.append(appendAt(0, messages(2)))).toMatchObject({ outcome: 'appended' });
    await store.close();
  });

  it('[FA] when the answer to a commit is lost, the entries are found where they stand, and not made twice', async () => {
    const { store, bench } = await openOnTestBench();
    await putSession(store);
    const entry = message('hello', { operation: 'op-1/customer-1' });
    bench.fault = 'after';
    await expect(store.log.append(appendAt(0, [entry]))).rejects.toMatchObject(unavailable);
    bench.fault = 'none';
    const again = await store.log.append(appendAt(0, [entry]));
    expect(again).toEqual({ outcome: 'moved', head: { epoch, seq: 1 } });
    expect(await store.log.operations(sessionId, ['op-1/customer-1'])).toMatchObject([{ seq: 1, ...entry }]);
    await store.close();
  });
});

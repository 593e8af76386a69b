import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CommitBench, describeCommits } from '../../ports/session-log-commits.contract.ts';
import { appendAt, messages, putSession, readAll, seqsOf } from '../../ports/session-log-samples.contract.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import type { SqliteConnection } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';
import { openSqliteStore } from './sqlite-store.ts';

const diskError = (): Error => Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });

/** A store whose commits the test sees; `fault` may stop one before it is made or hide that it was made. */
const openOnTestBench = async (): Promise<CommitBench> => {
  const file = join(await makeFolder(), 'records.db');
  const bench: CommitBench['bench'] = { commits: 0, fault: 'none' };
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
  onTestFinished(() => store.close());
  return { store, bench };
};

describeCommits('SQLite', openOnTestBench);

describe('a transaction on SQLite', () => {
  it('[RT1] shares the commits of the appends and writes beside it', async () => {
    const { store, bench } = await openOnTestBench();
    await putSession(store, 'session-1');
    bench.commits = 0;
    await Promise.all([
      store.log.append(appendAt(0, messages(1))),
      putSession(store, 'session-2'),
      store.transaction(async (transaction) => {
        await transaction.get('supportSessions', 'session-2');
        await transaction.append('session-2', '2026-01-31T09:00:00.000Z', messages(1));
      }),
    ]);
    // It read before the session was made, so it ran again.
    expect(bench.commits).toBe(2);
    expect(seqsOf(await readAll(store, 'session-2'))).toEqual([1]);
  });
});

import { describe, expect, it } from 'vitest';
import { numbered, sampleUser } from './record-store-samples.contract.ts';
import type { LoggedRecordStore } from './session-log.ts';
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
} from './session-log-samples.contract.ts';

/** A store whose commits the test sees, and can make fail. */
export interface CommitBench {
  store: LoggedRecordStore;
  bench: {
    /** Commits that were asked for. */
    commits: number;
    /** `before`: a commit is not made; `after`: it is, and its answer is lost. */
    fault: 'none' | 'before' | 'after';
  };
}

const unavailable = { code: 'unavailable', retryAfterMs: expect.any(Number) };

/** What holds of the commits of an engine that joins those of one tick; `open` closes the store by itself. */
export const describeCommits = (engine: string, open: () => Promise<CommitBench>): void => {
  describe(`commits of ${engine}`, () => {
    it('[RT1] everything of a tick shares one commit: appends of all sessions, and writes', async () => {
      const { store, bench } = await open();
      const ids = upTo(50).map((index) => `session-${index}`);
      await Promise.all(ids.map((id) => putSession(store, id)));
      bench.commits = 0;
      await Promise.all([
        ...ids.map((id) => store.log.append(appendAt(0, messages(1), { sessionId: id }))),
        ...ids.map((id) => store.log.append(appendAt(1, messages(2), { sessionId: id }))),
        ...numbered('user', 50).map((id) => store.write((writer) => writer.put('users', sampleUser({ id })))),
      ]);
      expect(bench.commits).toBe(1);
      expect(seqsOf(await readAll(store, 'session-50'))).toEqual([1, 2, 3]);
    });

    it('[FA] a commit that fails acknowledges nothing, and the same append succeeds later', async () => {
      const { store, bench } = await open();
      await putSession(store);
      bench.fault = 'before';
      const refused = [0, 2].map((seq) => store.log.append(appendAt(seq, messages(2))));
      for (const append of refused) await expect(append).rejects.toMatchObject(unavailable);
      bench.fault = 'none';
      expect(await store.log.read(sessionId, 0, 10)).toEqual({ head: { epoch, seq: 0 }, entries: [] });
      expect(await store.log.append(appendAt(0, messages(2)))).toMatchObject({ outcome: 'appended' });
    });

    it('[FA] when the answer to a commit is lost, the entries are found where they stand, and not made twice', async () => {
      const { store, bench } = await open();
      await putSession(store);
      const entry = message('hello', { operation: 'op-1/customer-1' });
      bench.fault = 'after';
      await expect(store.log.append(appendAt(0, [entry]))).rejects.toMatchObject(unavailable);
      bench.fault = 'none';
      const again = await store.log.append(appendAt(0, [entry]));
      expect(again).toEqual({ outcome: 'moved', head: { epoch, seq: 1 } });
      const found = await store.log.operations(sessionId, ['op-1/customer-1']);
      expect(found).toMatchObject([{ seq: 1, ...entry }]);
    });
  });
};

import { describe, expect, it } from 'vitest';
import { sampleSession } from '../testing/support-session.ts';
import type { LogChanges, LoggedRecordStore } from './session-log.ts';
import {
  annotation,
  appendAt,
  epoch,
  type LogUnderTest,
  mark,
  message,
  messages,
  putSession,
  readAll,
  seqsOf,
  sessionId,
  start,
  upTo,
} from './session-log-samples.contract.ts';

/** Adds one annotation with its entry, at the place behind `seq`. */
const addMark = (store: LoggedRecordStore, seq: number) =>
  store.log.append(
    appendAt(seq, [mark(`mark-${seq + 1}`)], {
      changes: (writer) => writer.create('annotations', annotation(`mark-${seq + 1}`, seq + 1)),
    }),
  );

export const readsOfLogs = (subject: LogUnderTest): void => {
  describe('reads', () => {
    it('[RT4] gives the entries after a place, ascending, up to the limit', async () => {
      const store = subject.store();
      await putSession(store);
      await putSession(store, 'session-2');
      for (const round of [0, 1, 2]) await store.log.append(appendAt(round * 100, messages(100)));
      await store.log.append(appendAt(0, messages(5), { sessionId: 'session-2' }));
      const head = { epoch, seq: 300 };
      const after = async (since: number, limit: number) => {
        const page = await store.log.read(sessionId, since, limit);
        expect(page.head).toEqual(head);
        expect(page.entries.every((entry) => entry.sessionId === sessionId)).toBe(true);
        return seqsOf(page.entries);
      };
      expect(await after(0, 3)).toEqual([1, 2, 3]);
      expect(await after(298, 1000)).toEqual([299, 300]);
      expect(await after(300, 10)).toEqual([]);
      expect(await after(4000, 10)).toEqual([]);
      expect(await after(0, 1000)).toEqual(upTo(300));
      expect(seqsOf(await readAll(store, sessionId, 77))).toEqual(upTo(300));
    });

    it('[RT4] ends a page early when its entries are large, never without one', async () => {
      const store = subject.store();
      await putSession(store);
      const data = { text: 'x'.repeat(120_000) };
      for (const round of [0, 1, 2]) {
        const large = upTo(30).map((index) => mark(`mark-${index}`, { data }));
        await store.log.append(appendAt(round * 30, large));
      }
      const { entries } = await store.log.read(sessionId, 0, 1000);
      expect(entries.length).toBeGreaterThan(30);
      expect(entries.length * 120_000).toBeLessThan(4 * 1024 * 1024);
      expect(seqsOf(await readAll(store))).toEqual(upTo(90));
    });

    it('[EN5] close waits for reads that are under way', async () => {
      const store = subject.store();
      await putSession(store);
      await store.log.append(appendAt(0, messages(3)));
      const { log } = store;
      const reading = Promise.all([log.read(sessionId, 0, 10), log.snapshot(sessionId, 10)]);
      const looking = log.operations(sessionId, ['nobody/nothing']);
      await store.close();
      const [page, snapshot] = await reading;
      expect(seqsOf(page.entries)).toEqual([1, 2, 3]);
      expect(snapshot?.position).toEqual(page.head);
      expect(await looking).toEqual([]);
    });

    it('[RT4] there is nothing to read without a session, and wrong numbers are mistakes', async () => {
      const { log } = subject.store();
      await expect(log.read('nowhere', 0, 10)).rejects.toMatchObject({ code: 'not_found' });
      expect(await log.snapshot('nowhere', 10)).toBeUndefined();
      expect(await log.operations('nowhere', ['a/b'])).toEqual([]);
      await putSession(subject.store());
      for (const [since, limit] of [
        [-1, 1],
        [0.5, 1],
        [0, 0],
        [0, 1001],
        [0, Number.NaN],
      ] as const) {
        await expect(log.read(sessionId, since, limit)).rejects.toThrow(RangeError);
      }
      await expect(log.snapshot(sessionId, -1)).rejects.toThrow(RangeError);
      await expect(log.operations(sessionId, Array<string>(31).fill('a/b'))).rejects.toThrow(RangeError);
    });

    it('[RT4] a snapshot is the session, its annotations in order and its newest messages', async () => {
      const store = subject.store();
      await putSession(store);
      await store.log.append(appendAt(0, messages(3)));
      for (const seq of [3, 4, 5, 6]) await addMark(store, seq);
      const late = annotation('mark-4', 4, { rev: 9, layer: 'late' });
      const deleted = annotation('mark-5', 5, { rev: 8, deleted: true });
      const comment = message('a comment', { kind: 'comment:added', subjectId: 'comment-1' });
      const note = message('a note', { visibility: 'staff' });
      await store.log.append(
        appendAt(7, [mark('mark-5', { kind: 'annotation:deleted' }), mark('mark-4'), comment, note], {
          changes: (writer) => {
            writer.put('annotations', deleted);
            writer.put('annotations', late);
          },
        }),
      );
      const snapshot = await store.log.snapshot(sessionId, 4);
      expect(snapshot?.position).toEqual({ epoch, seq: 11 });
      expect(snapshot?.session).toEqual(sampleSession({ epoch }));
      expect(snapshot?.annotations).toEqual([late, annotation('mark-6', 6), annotation('mark-7', 7)]);
      const said = snapshot?.messages.map(({ seq, data }) => [seq, data.body]);
      expect(said).toEqual([
        [2, 'message 2'],
        [3, 'message 3'],
        [10, 'a comment'],
        [11, 'a note'],
      ]);
      expect((await store.log.snapshot(sessionId, 0))?.messages).toEqual([]);
      expect((await store.log.snapshot(sessionId, 1000))?.messages).toHaveLength(5);
    });

    it('[RT4] a snapshot of a log without entries stands at its start', async () => {
      await putSession(subject.store());
      expect(await subject.store().log.snapshot(sessionId, 10)).toEqual({
        position: start,
        session: sampleSession({ epoch }),
        annotations: [],
        messages: [],
      });
    });

    it('[RT4] a snapshot is of one moment, while another handle appends', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      await putSession(store);
      const appending = (async () => {
        for (const seq of upTo(30)) await addMark(other, seq - 1);
      })();
      let seen = 0;
      while (seen < 30) {
        const snapshot = await store.log.snapshot(sessionId, 10);
        seen = snapshot?.position.seq ?? 0;
        expect(snapshot?.annotations.map(({ seq }) => seq)).toEqual(upTo(seen));
        await new Promise(setImmediate);
      }
      await appending;
      await other.close();
    });

    it('[RT3] finds entries by their operations, of this session only, in order', async () => {
      const store = subject.store();
      await putSession(store);
      await putSession(store, 'session-2');
      const made = upTo(40).map((index) => mark(`mark-${index}`, { operation: `op-${index}/customer-1` }));
      await store.log.append(appendAt(0, [...made, ...messages(2)]));
      await store.log.append(appendAt(0, made.slice(0, 3), { sessionId: 'session-2' }));
      const find = async (...operations: string[]) =>
        seqsOf(await store.log.operations(sessionId, operations));
      expect(await find('op-7/customer-1')).toEqual([7]);
      expect(await find('op-30/customer-1', 'op-2/customer-1', 'op-2/customer-2', 'nobody')).toEqual([2, 30]);
      expect(await find(...upTo(30).map((index) => `op-${index}/customer-1`))).toEqual(upTo(30));
      expect(await find('op-/customer-1')).toEqual([]);
      expect(await find()).toEqual([]);
      const [entry] = await store.log.operations(sessionId, ['op-7/customer-1']);
      expect(entry).toEqual((await store.log.read(sessionId, 6, 1)).entries[0]);
    });

    it('[RT3] an operation is not found when its append was refused', async () => {
      const store = subject.store();
      await putSession(store);
      const operation = 'op-1/customer-1';
      const changes = (writer: LogChanges): void => writer.create('supportSessions', sampleSession());
      const refused = store.log.append(appendAt(0, [mark('mark-1', { operation })], { changes }));
      await expect(refused).rejects.toMatchObject({ code: 'already_exists' });
      await store.log.append(appendAt(3, [mark('mark-1', { operation })]));
      expect(await store.log.operations(sessionId, [operation])).toEqual([]);
    });
  });
};

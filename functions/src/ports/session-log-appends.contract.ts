import { describe, expect, it } from 'vitest';
import { sampleSession } from '../testing/support-session.ts';
import type { LogChanges } from './session-log.ts';
import {
  annotation,
  appendAt,
  at,
  epoch,
  type LogUnderTest,
  mark,
  message,
  messages,
  putSession,
  readAll,
  seqsOf,
  sessionId,
  upTo,
} from './session-log-samples.contract.ts';

export const appendsToLogs = (subject: LogUnderTest): void => {
  describe('appends', () => {
    it('[RT1] gives entries the next places, and reads them back as they were acknowledged', async () => {
      const { log } = subject.store();
      await putSession(subject.store());
      const said = message('hello', {
        subjectId: 'message-1',
        operation: 'op-1/customer-1',
        contentHash: 'hash',
      });
      const first = await log.append(appendAt(0, [said, mark('mark-1')]));
      const second = await log.append(appendAt(2, [message('again')]));
      const [one, two] = [first, second].map((outcome) => outcome.outcome === 'appended' && outcome.entries);
      expect(one).toEqual([
        { ...said, id: 'session-1-0000000001', sessionId, seq: 1, at, conversation: sessionId },
        { ...mark('mark-1'), id: 'session-1-0000000002', sessionId, seq: 2, at },
      ]);
      expect(first.head).toEqual({ epoch, seq: 2 });
      expect(second.head).toEqual({ epoch, seq: 3 });
      const read = await log.read(sessionId, 0, 10);
      expect(read).toEqual({ head: { epoch, seq: 3 }, entries: [...(one || []), ...(two || [])] });
    });

    it('[RT1] commits the entries together with the records that they change', async () => {
      const store = subject.store();
      await putSession(store);
      await store.write((writer) => writer.put('annotations', annotation('old', 1)));
      await store.log.append(
        appendAt(0, [mark('new')], {
          changes: (writer) => {
            writer.create('annotations', annotation('new', 1));
            writer.put('supportSessions', sampleSession({ epoch, urgency: 'critical' }));
            writer.delete('annotations', 'old');
          },
        }),
      );
      expect(await store.get('annotations', 'new')).toEqual(annotation('new', 1));
      expect(await store.get('annotations', 'old')).toBeUndefined();
      expect((await store.get('supportSessions', sessionId))?.urgency).toBe('critical');
    });

    it('[RT1] changes nothing when the head is another one, and says where it is', async () => {
      const store = subject.store();
      await putSession(store);
      await store.log.append(appendAt(0, messages(3)));
      for (const seq of [0, 2, 4, 1000]) {
        const changes = (writer: LogChanges): void => writer.put('annotations', annotation('lost', 1));
        const outcome = await store.log.append(appendAt(seq, messages(2), { changes }));
        expect(outcome).toEqual({ outcome: 'moved', head: { epoch, seq: 3 } });
      }
      expect(seqsOf(await readAll(store))).toEqual([1, 2, 3]);
      expect(await store.get('annotations', 'lost')).toBeUndefined();
    });

    it('[RT1] refuses a place of another epoch although the number fits, and says the new one', async () => {
      const store = subject.store();
      await putSession(store);
      await store.log.append(appendAt(0, messages(2)));
      await store.write((writer) => writer.put('supportSessions', sampleSession({ epoch: 'restored' })));
      const moved = { outcome: 'moved', head: { epoch: 'restored', seq: 2 } };
      expect(await store.log.append(appendAt(2, messages(1)))).toEqual(moved);
      const expected = { epoch: 'restored', seq: 2 };
      expect(await store.log.append(appendAt(2, messages(1), { expected }))).toMatchObject({
        outcome: 'appended',
        head: { epoch: 'restored', seq: 3 },
      });
    });

    it('[RT1] there is no log without a session', async () => {
      const { log } = subject.store();
      await expect(log.append(appendAt(0, messages(1)))).rejects.toMatchObject({ code: 'not_found' });
      await putSession(subject.store());
      expect((await log.read(sessionId, 0, 10)).entries).toEqual([]);
    });

    it('[RT1] a record whose id is taken refuses the append whole, and the head stays', async () => {
      const store = subject.store();
      await putSession(store);
      await store.write((writer) => writer.put('annotations', annotation('taken', 1, { layer: 'first' })));
      const changes = (writer: LogChanges): void => {
        writer.put('annotations', annotation('other', 1));
        writer.create('annotations', annotation('taken', 2));
      };
      const refused = store.log.append(appendAt(0, messages(2), { changes }));
      await expect(refused).rejects.toMatchObject({ code: 'already_exists' });
      expect(await store.log.read(sessionId, 0, 10)).toEqual({ head: { epoch, seq: 0 }, entries: [] });
      expect(await store.get('annotations', 'other')).toBeUndefined();
      expect((await store.get('annotations', 'taken'))?.layer).toBe('first');
    });

    it('[RT1] calls that do not wait for each other build on the ones before, in their order', async () => {
      const store = subject.store();
      await putSession(store);
      const outcomes = await Promise.all(
        upTo(50).map((seq) => store.log.append(appendAt(seq - 1, messages(1, seq)))),
      );
      expect(outcomes.map(({ outcome, head }) => [outcome, head.seq])).toEqual(
        upTo(50).map((seq) => ['appended', seq]),
      );
      const bodies = (await readAll(store)).map(({ data }) => data.body);
      expect(bodies).toEqual(upTo(50).map((seq) => `message ${seq}`));
    });

    it('[RT1] when one of them is refused, those that build on it find another head', async () => {
      const store = subject.store();
      await putSession(store);
      await store.write((writer) => writer.put('annotations', annotation('taken', 1)));
      const changes = (writer: LogChanges): void => writer.create('annotations', annotation('taken', 2));
      const outcomes = await Promise.allSettled([
        store.log.append(appendAt(0, messages(1))),
        store.log.append(appendAt(1, messages(1, 2), { changes })),
        store.log.append(appendAt(2, messages(1, 3))),
        store.log.append(appendAt(1, messages(1, 4))),
      ]);
      const results = outcomes.map((settled) =>
        settled.status === 'fulfilled' ? settled.value.outcome : settled.reason.code,
      );
      expect(results).toEqual(['appended', 'already_exists', 'moved', 'appended']);
      expect((await readAll(store)).map(({ data }) => data.body)).toEqual(['message 1', 'message 4']);
    });

    it('[RT1] sessions do not stand in each other’s way', async () => {
      const store = subject.store();
      const ids = upTo(20).map((index) => `session-${index}`);
      for (const id of ids) await putSession(store, id);
      const outcomes = await Promise.all(
        ids.map((id, index) =>
          store.log.append(appendAt(index % 3 === 0 ? 7 : 0, messages(2), { sessionId: id })),
        ),
      );
      for (const [index, id] of ids.entries()) {
        const fits = index % 3 !== 0;
        expect(outcomes[index]?.outcome).toBe(fits ? 'appended' : 'moved');
        expect(seqsOf(await readAll(store, id))).toEqual(fits ? [1, 2] : []);
      }
    });

    it('[RT1] asks for the changes once and at once, and takes none afterwards', async () => {
      const { log } = subject.store();
      await putSession(subject.store());
      let calls = 0;
      let kept: LogChanges | undefined;
      const changes = (writer: LogChanges): void => {
        calls += 1;
        kept = writer;
      };
      const appended = log.append(appendAt(0, messages(1), { changes }));
      expect(calls).toBe(1);
      await appended;
      expect(calls).toBe(1);
      expect(() => kept?.put('annotations', annotation('late', 1))).toThrow();
    });

    it('[RT1] an append of no entries is a mistake in the program', async () => {
      await putSession(subject.store());
      await expect(subject.store().log.append(appendAt(0, []))).rejects.toThrow(RangeError);
    });

    it('[RT2] what was acknowledged is there for every other handle', async () => {
      const store = subject.store();
      await putSession(store);
      const other = await subject.another();
      await store.log.append(appendAt(0, messages(2)));
      expect(seqsOf(await readAll(other))).toEqual([1, 2]);
      expect(await other.log.append(appendAt(0, messages(1)))).toMatchObject({ outcome: 'moved' });
      expect(await other.log.append(appendAt(2, messages(1)))).toMatchObject({ outcome: 'appended' });
      expect(seqsOf(await readAll(store))).toEqual([1, 2, 3]);
      await other.close();
    });

    it('[HT7] close commits what was handed over, and later calls are unavailable', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      await putSession(store);
      const under = store.log.append(appendAt(0, messages(2)));
      await store.close();
      expect(await under).toMatchObject({ outcome: 'appended' });
      expect(seqsOf(await readAll(other))).toEqual([1, 2]);
      const unavailable = { code: 'unavailable' };
      await expect(store.log.append(appendAt(2, messages(1)))).rejects.toMatchObject(unavailable);
      await expect(store.log.read(sessionId, 0, 1)).rejects.toMatchObject(unavailable);
      await expect(store.log.snapshot(sessionId, 1)).rejects.toMatchObject(unavailable);
      await expect(store.log.operations(sessionId, ['a/b'])).rejects.toMatchObject(unavailable);
      await other.close();
    });
  });
};

import { describe, expect, it } from 'vitest';
import { sampleSession } from '../testing/support-session.ts';
import { logLimits } from './log-limits.ts';
import type { LoggedRecordStore } from './session-log.ts';
import {
  appendAt,
  at,
  epoch,
  type LogUnderTest,
  message,
  messages,
  putSession,
  readAll,
  seqsOf,
  sessionId,
  start,
  upTo,
} from './session-log-samples.contract.ts';

const ended = message('', { kind: 'ended', data: { resolution: 'resolved' } });

/** Ends the session, the way in which completion does; `before` runs between reading and writing. */
const complete = (store: LoggedRecordStore, before: (tries: number) => Promise<unknown>): Promise<number> => {
  let tries = 0;
  return store.transaction(async (transaction) => {
    tries += 1;
    const session = await transaction.get('supportSessions', sessionId);
    await transaction.append(sessionId, at, [ended]);
    await before(tries);
    transaction.put('supportSessions', { ...sampleSession(), ...session, status: 'completed' });
    return tries;
  });
};

export const transactionsOfLogs = (subject: LogUnderTest): void => {
  describe('appends of transactions', () => {
    it('[RT1] adds entries behind the head, several times if wanted', async () => {
      const store = subject.store();
      await putSession(store);
      await store.log.append(appendAt(0, messages(2)));
      const placed = await store.transaction(async (transaction) => {
        await transaction.get('supportSessions', sessionId);
        const first = await transaction.append(sessionId, at, messages(2, 3));
        const second = await transaction.append(sessionId, at, [ended]);
        return [...first, ...second];
      });
      expect(seqsOf(placed)).toEqual([3, 4, 5]);
      expect((await readAll(store)).slice(2)).toEqual(placed);
      expect(placed[0]).toMatchObject({ id: 'session-1-0000000003', conversation: sessionId, at });
    });

    it('[RT1] begins the log of a session that it makes', async () => {
      const store = subject.store();
      await store.transaction(async (transaction) => {
        transaction.create('supportSessions', sampleSession({ epoch }));
        await transaction.append(sessionId, at, messages(1));
      });
      expect((await store.log.read(sessionId, 0, 10)).head).toEqual({ epoch, seq: 1 });
    });

    it('[RT1] appends nothing when the work throws, or when one of its creates is refused', async () => {
      const store = subject.store();
      await putSession(store);
      const thrown = store.transaction(async (transaction) => {
        await transaction.append(sessionId, at, messages(2));
        throw new Error('changed my mind');
      });
      await expect(thrown).rejects.toThrow('changed my mind');
      const refused = store.transaction(async (transaction) => {
        await transaction.append(sessionId, at, messages(2));
        transaction.create('supportSessions', sampleSession());
      });
      await expect(refused).rejects.toMatchObject({ code: 'already_exists' });
      expect((await store.log.read(sessionId, 0, 10)).head).toEqual(start);
    });

    it('[RT1] runs again when somebody appended meanwhile, also by another handle', async () => {
      for (const handle of [subject.store(), await subject.another()]) {
        const store = subject.store();
        await putSession(store);
        const from = (await store.log.read(sessionId, 0, 1)).head.seq;
        const tries = await complete(store, async (attempt) => {
          if (attempt === 1) await handle.log.append(appendAt(from, messages(3)));
        });
        expect(tries).toBe(2);
        const kinds = (await readAll(store)).slice(from).map(({ kind }) => kind);
        expect(kinds).toEqual(['message', 'message', 'message', 'ended']);
        expect((await store.get('supportSessions', sessionId))?.status).toBe('completed');
        if (handle !== store) await handle.close();
      }
    });

    it('[RT1] two of them that began together both end, one behind the other', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      await putSession(store);
      const append = (handle: LoggedRecordStore) =>
        handle.transaction(async (transaction) => {
          await transaction.get('supportSessions', sessionId);
          return transaction.append(sessionId, at, messages(2));
        });
      const placed = await Promise.all([store, other, store, other, store].map(append));
      expect(placed.flatMap(seqsOf).sort((a, b) => a - b)).toEqual(upTo(10));
      expect(seqsOf(await readAll(store))).toEqual(upTo(10));
      await other.close();
    });

    it('[RT1] whoever knew the log before it was ended finds that it moved', async () => {
      const store = subject.store();
      await putSession(store);
      await store.log.append(appendAt(0, messages(2)));
      await complete(store, async () => undefined);
      const late = await store.log.append(appendAt(2, messages(1)));
      expect(late).toEqual({ outcome: 'moved', head: { epoch, seq: 3 } });
      expect((await store.log.read(sessionId, 2, 10)).entries[0]?.kind).toBe('ended');
    });

    it('[RT1] a room that appends without pause cannot keep a session from ending', async () => {
      const store = subject.store();
      await putSession(store);
      let head = 0;
      let over = false;
      const room = (async () => {
        while (!over) {
          const outcome = await store.log.append(appendAt(head, messages(1)));
          head = outcome.head.seq;
        }
      })();
      const tries = await complete(store, async () => undefined).finally(() => {
        over = true;
      });
      await room;
      expect(tries).toBeLessThan(20);
      const entries = await readAll(store);
      expect(seqsOf(entries)).toEqual(upTo(head));
      expect(entries.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
    });

    it('[RT10] is held to the limits of an append', async () => {
      const store = subject.store();
      await putSession(store);
      const append = (count: number) =>
        store.transaction((transaction) => transaction.append(sessionId, at, messages(count)));
      await expect(append(logLimits.entries + 1)).rejects.toMatchObject({ code: 'payload_too_large' });
      await expect(append(0)).rejects.toThrow(RangeError);
      expect(await append(logLimits.entries)).toHaveLength(logLimits.entries);
    });
  });
};

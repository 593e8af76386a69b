import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSession } from '../testing/support-session.ts';
import type { Condition, Query, RecordStore } from './record-store.ts';
import { numbered, type StoreUnderTest, sampleEntry, sampleUser } from './record-store-samples.contract.ts';
import type { SupportSession } from './records.ts';

type SessionQuery = Query<'supportSessions'>;
type SessionCondition = Condition<'supportSessions'>;

const minute = (index: number): string => new Date(Date.UTC(2026, 0, 1, 9, index)).toISOString();

const newest = (...where: SessionCondition[]): SessionQuery => ({
  where,
  orderBy: 'startTime',
  direction: 'descending',
  limit: 100,
});

const idsOf = async (store: RecordStore, query: SessionQuery): Promise<string[]> =>
  (await store.list('supportSessions', query)).items.map((session) => session.id);

const storeTen = async (
  store: RecordStore,
  vary: (index: number) => Partial<SupportSession>,
): Promise<void> => {
  const sessions = numbered('session', 10).map((id, index) =>
    sampleSession({ id, startTime: minute(index), ...vary(index) }),
  );
  await store.write((writer) => {
    for (const session of sessions) writer.create('supportSessions', session);
  });
};

const ids = (...indexes: number[]): string[] =>
  indexes.map((index) => `session-${String(index).padStart(3, '0')}`);

/** All pages, one after another. */
const walk = async (
  store: RecordStore,
  query: SessionQuery,
  between?: () => Promise<void>,
): Promise<string[]> => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list('supportSessions', { ...query, cursor });
    found.push(...page.items.map((session) => session.id));
    cursor = page.nextCursor;
    // A cursor that does not move on must fail, not run for ever.
    expect(found.length).toBeLessThan(100);
    await between?.();
  } while (cursor !== undefined);
  return found;
};

export const listsOfRecords = (subject: StoreUnderTest): void => {
  describe('lists', () => {
    it('[RE3] orders both ways, ties by id in the same direction', async () => {
      const store = subject.store();
      await storeTen(store, (index) => ({ startTime: minute(Math.floor(index / 4)) }));
      expect(await idsOf(store, newest())).toEqual(ids(9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      const oldest: SessionQuery = { ...newest(), direction: 'ascending' };
      expect(await idsOf(store, oldest)).toEqual(ids(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    });

    it('[RE3] filters by ==', async () => {
      const store = subject.store();
      await storeTen(store, (index) => ({ status: index % 2 === 0 ? 'queued' : 'active' }));
      expect(await idsOf(store, newest({ field: 'status', operator: '==', value: 'queued' }))).toEqual(
        ids(8, 6, 4, 2, 0),
      );
      expect(await idsOf(store, newest({ field: 'status', operator: '==', value: 'completed' }))).toEqual([]);
    });

    it('[RE3] filters by in: any of the values, each record once, none for no values', async () => {
      const store = subject.store();
      await storeTen(store, (index) => ({ agentId: `agent-${index % 4}` }));
      const among = (...value: string[]) => newest({ field: 'agentId', operator: 'in', value });
      expect(await idsOf(store, among('agent-1', 'agent-3', 'agent-1'))).toEqual(ids(9, 7, 5, 3, 1));
      expect(await idsOf(store, among('agent-2'))).toEqual(ids(6, 2));
      expect(await idsOf(store, among())).toEqual([]);
      expect(
        await idsOf(store, { ...among('agent-1', 'agent-3'), direction: 'ascending', limit: 2 }),
      ).toEqual(ids(1, 3));
    });

    it('[RE3] filters by contains: one text, or any of several without doubles', async () => {
      const store = subject.store();
      await storeTen(store, (index) => ({ tags: index % 2 === 0 ? ['even', `n${index}`] : ['odd', 'odd'] }));
      const holding = (value: string | string[]) => newest({ field: 'tags', operator: 'contains', value });
      expect(await idsOf(store, holding('even'))).toEqual(ids(8, 6, 4, 2, 0));
      expect(await idsOf(store, holding('odd'))).toEqual(ids(9, 7, 5, 3, 1));
      expect(await idsOf(store, holding(['even', 'n4', 'n8']))).toEqual(ids(8, 6, 4, 2, 0));
      // Some engines ask for so many in parts, and find a record in two of them.
      const many = [...numbered('none', 14), 'even'];
      expect(await idsOf(store, holding(['n4', ...many]))).toEqual(ids(8, 6, 4, 2, 0));
      expect(await idsOf(store, holding('ev'))).toEqual([]);
      expect(await idsOf(store, holding([]))).toEqual([]);
    });

    it('[RE3] contains follows every change of the list and of the order', async () => {
      const store = subject.store();
      const tagged = (value: string) => idsOf(store, newest({ field: 'tags', operator: 'contains', value }));
      await storeTen(store, () => ({ tags: ['a'] }));
      await store.write((writer) => {
        writer.put(
          'supportSessions',
          sampleSession({ id: 'session-000', startTime: minute(50), tags: ['a', 'b'] }),
        );
        writer.put(
          'supportSessions',
          sampleSession({ id: 'session-001', startTime: minute(1), tags: ['b'] }),
        );
        writer.delete('supportSessions', 'session-002');
      });
      expect(await tagged('a')).toEqual(ids(0, 9, 8, 7, 6, 5, 4, 3));
      expect(await tagged('b')).toEqual(ids(0, 1));
    });

    it('[RE3] filters by ranges of the ordering field', async () => {
      const store = subject.store();
      await storeTen(store, () => ({}));
      const from: SessionCondition = { field: 'startTime', operator: '>=', value: minute(3) };
      const after: SessionCondition = { field: 'startTime', operator: '>', value: minute(3) };
      const before: SessionCondition = { field: 'startTime', operator: '<', value: minute(7) };
      const until: SessionCondition = { field: 'startTime', operator: '<=', value: minute(7) };
      expect(await idsOf(store, newest(from, before))).toEqual(ids(6, 5, 4, 3));
      expect(await idsOf(store, newest(after, until))).toEqual(ids(7, 6, 5, 4));
      expect(await idsOf(store, { ...newest(from, before), direction: 'ascending' })).toEqual(
        ids(3, 4, 5, 6),
      );
    });

    it('[RE3] several conditions hold together', async () => {
      const store = subject.store();
      await storeTen(store, (index) => ({
        status: index % 2 === 0 ? 'queued' : 'active',
        category: index < 6 ? 'technical' : 'general',
        tags: index % 3 === 0 ? ['third'] : [],
      }));
      const queued: SessionCondition = { field: 'status', operator: '==', value: 'queued' };
      const third: SessionCondition = { field: 'tags', operator: 'contains', value: ['third', 'none'] };
      const kinds: SessionCondition = { field: 'category', operator: 'in', value: ['technical', 'urgent'] };
      const since: SessionCondition = { field: 'startTime', operator: '>', value: minute(0) };
      expect(await idsOf(store, newest(queued, third))).toEqual(ids(6, 0));
      expect(await idsOf(store, newest(kinds, queued, third))).toEqual(ids(0));
      expect(await idsOf(store, newest(kinds, queued, since))).toEqual(ids(4, 2));
      expect(await idsOf(store, newest(third, kinds))).toEqual(ids(3, 0));
    });

    it('[RE3] a record without the ordering field is in no list over it', async () => {
      const store = subject.store();
      const { queuedAt, ...session } = sampleSession({ status: 'queued' });
      expect(queuedAt).toBeDefined();
      await store.write((writer) => {
        writer.create('supportSessions', { ...session, id: 'without' } as SupportSession);
        writer.create('supportSessions', sampleSession({ id: 'with', status: 'queued' }));
      });
      const waiting: SessionQuery = {
        ...newest({ field: 'status', operator: '==', value: 'queued' }),
        orderBy: 'queuedAt',
      };
      expect(await idsOf(store, waiting)).toEqual(['with']);
    });

    it('[RE3] numbers are ordered as numbers', async () => {
      const store = subject.store();
      const sequence = [10, 9, 2, 100, 1];
      await store.write((writer) => {
        for (const seq of sequence) writer.create('sessionLog', sampleEntry(seq));
      });
      const page = await store.list('sessionLog', {
        where: [
          { field: 'sessionId', operator: '==', value: 'session-1' },
          { field: 'seq', operator: '>', value: 1 },
        ],
        orderBy: 'seq',
        direction: 'ascending',
        limit: 3,
      });
      expect(page.items.map((entry) => entry.seq)).toEqual([2, 9, 10]);
      expect(page.items[0]).toStrictEqual(sampleEntry(2));
    });

    it('[RE3] cursors visit every record once, whatever the page size, ties and conditions', async () => {
      const store = subject.store();
      await storeTen(store, (index) => ({
        startTime: minute(Math.floor(index / 3)),
        tags: ['a', `t${index % 2}`],
      }));
      const queries: SessionQuery[] = [
        newest(),
        newest({ field: 'customerId', operator: '==', value: 'customer-1' }),
        newest({ field: 'tags', operator: 'contains', value: 'a' }),
        newest({ field: 'tags', operator: 'contains', value: ['t0', 't1', 'a'] }),
        newest({ field: 'agentId', operator: 'in', value: ['agent-1', 'agent-2'] }),
      ];
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...queries),
          fc.integer({ min: 1, max: 11 }),
          fc.boolean(),
          async (query, limit, up) => {
            const direction = up ? 'ascending' : 'descending';
            const expected = up ? ids(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) : ids(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
            expect(await walk(store, { ...query, limit, direction })).toEqual(expected);
          },
        ),
        { seed: 20261122, numRuns: 40 },
      );
    });

    it('[RE3] nothing is skipped or doubled while others insert and delete', async () => {
      const store = subject.store();
      await storeTen(store, () => ({}));
      let inserted = 0;
      const found = await walk(store, { ...newest(), limit: 2 }, async () => {
        inserted += 1;
        const id = `later-${inserted}`;
        await store.write((writer) => {
          writer.create('supportSessions', sampleSession({ id, startTime: minute(30 + inserted) }));
          writer.delete('supportSessions', `session-${String(10 - inserted * 2).padStart(3, '0')}`);
        });
      });
      expect(found).toEqual(ids(9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    });

    it('[RE3] the last page has no cursor, not even when it is full', async () => {
      const store = subject.store();
      await storeTen(store, () => ({}));
      const full = await store.list('supportSessions', { ...newest(), limit: 10 });
      expect(full.items).toHaveLength(10);
      expect(Object.keys(full)).toEqual(['items']);
    });

    it('[RE3] refuses a cursor that was not made by such a list', async () => {
      const store = subject.store();
      await storeTen(store, () => ({}));
      const { nextCursor = '' } = await store.list('supportSessions', { ...newest(), limit: 2 });
      const users = await store.write((writer) => {
        for (const id of numbered('user', 3)) writer.create('users', sampleUser({ id }));
      });
      expect(users).toBeUndefined();
      const ofUsers = await store.list('users', { orderBy: 'createdAt', direction: 'descending', limit: 1 });
      const wrong = [
        String(ofUsers.nextCursor),
        '',
        'x',
        '%%%',
        `${nextCursor}AA`,
        nextCursor.slice(0, -3),
        'bnVsbA',
        '⚡',
      ];
      for (const cursor of wrong) {
        const refused = store.list('supportSessions', { ...newest(), cursor });
        await expect(refused).rejects.toMatchObject({ code: 'malformed_cursor' });
      }
      const upwards = store.list('supportSessions', {
        ...newest(),
        direction: 'ascending',
        cursor: nextCursor,
      });
      await expect(upwards).rejects.toMatchObject({ code: 'malformed_cursor' });
    });

    it('[RE3] refuses a query without an index, and conditions that no engine can answer', async () => {
      const store = subject.store();
      const wrong: SessionQuery[] = [
        newest({ field: 'subject', operator: '==', value: 'x' }),
        { ...newest(), orderBy: 'complexity' },
        { ...newest({ field: 'category', operator: '==', value: 'urgent' }), orderBy: 'queuedAt' },
        newest({ field: 'complexity', operator: '>', value: 3 }),
        newest({ field: 'status', operator: 'contains', value: 'queued' }),
        newest({ field: 'tags', operator: '==', value: 'a' }),
        newest({ field: 'status', operator: '==', value: 3 }),
        newest({ field: 'status', operator: 'in', value: 'queued' }),
        newest({ field: 'agentId', operator: 'in', value: numbered('agent', 31) }),
        newest(
          { field: 'tags', operator: 'contains', value: 'a' },
          { field: 'audience', operator: 'contains', value: 'b' },
        ),
        { ...newest(), limit: 0 },
        { ...newest(), limit: 1.5 },
      ];
      for (const query of wrong) {
        const refused = store.list('supportSessions', query);
        await expect(refused, JSON.stringify(query)).rejects.toThrow(/refused/);
        await expect(refused).rejects.not.toHaveProperty('code');
      }
    });
  });
};

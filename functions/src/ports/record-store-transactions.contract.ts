import { describe, expect, it } from 'vitest';
import type { RecordStore, Transaction } from './record-store.ts';
import {
  numbered,
  type StoreUnderTest,
  sampleEntry,
  sampleOutcome,
  sampleUser,
} from './record-store-samples.contract.ts';

const rename = (store: RecordStore, name: string, id = 'user-1'): Promise<void> =>
  store.write((writer) => writer.put('users', sampleUser({ id, name })));

/** Adds one to a counter by reading and writing, the way that conflicts. */
const addOne = async (transaction: Transaction): Promise<number> => {
  const before = await transaction.get('channelOutcomes', sampleOutcome().id);
  const ended = (before?.ended ?? 0) + 1;
  transaction.put('channelOutcomes', sampleOutcome({ ended }));
  return ended;
};

export const transactionsOfRecords = (subject: StoreUnderTest): void => {
  describe('transactions', () => {
    it('[EN1] gives back what the work returned, after the commit', async () => {
      const store = subject.store();
      expect(await store.transaction(addOne)).toBe(1);
      expect(await store.transaction(addOne)).toBe(2);
      expect((await store.get('channelOutcomes', sampleOutcome().id))?.ended).toBe(2);
    });

    it('[EN1] reads see the state before the transaction’s own writes', async () => {
      const store = subject.store();
      await rename(store, 'before');
      await store.transaction(async (transaction) => {
        transaction.put('users', sampleUser({ name: 'after' }));
        transaction.create('users', sampleUser({ id: 'user-2' }));
        expect((await transaction.get('users', 'user-1'))?.name).toBe('before');
        expect(await transaction.get('users', 'user-2')).toBeUndefined();
        const page = await transaction.list('users', {
          orderBy: 'createdAt',
          direction: 'ascending',
          limit: 9,
        });
        expect(page.items.map((user) => user.name)).toEqual(['before']);
      });
      expect((await store.get('users', 'user-1'))?.name).toBe('after');
    });

    it('[RE1] writes nothing when the work throws, and hands the error on', async () => {
      const store = subject.store();
      const failed = store.transaction(async (transaction) => {
        transaction.create('users', sampleUser());
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      expect(await store.get('users', 'user-1')).toBeUndefined();
    });

    it('[RE1] writes nothing when one of its creates is refused', async () => {
      const store = subject.store();
      await rename(store, 'first');
      const refused = store.transaction(async (transaction) => {
        transaction.put('users', sampleUser({ id: 'user-2' }));
        transaction.create('users', sampleUser({ name: 'second' }));
      });
      await expect(refused).rejects.toMatchObject({ code: 'already_exists' });
      expect(await store.get('users', 'user-2')).toBeUndefined();
      expect((await store.get('users', 'user-1'))?.name).toBe('first');
    });

    it('[RE1] runs again when a record was another one at its second reading', async () => {
      const store = subject.store();
      await rename(store, 'first');
      let runs = 0;
      await store.transaction(async (transaction) => {
        runs += 1;
        const before = await transaction.get('users', 'user-1');
        if (runs === 1) await rename(store, 'interfered');
        await transaction.get('users', 'user-1');
        transaction.put('users', sampleUser({ name: `${before?.name} and more` }));
      });
      expect(runs).toBe(2);
      expect((await store.get('users', 'user-1'))?.name).toBe('interfered and more');
    });

    const interferences: [string, boolean, (store: RecordStore) => Promise<void>][] = [
      ['changed', true, (store) => rename(store, 'interfered')],
      ['deleted', true, (store) => store.write((writer) => writer.delete('users', 'user-1'))],
      ['made', false, (store) => rename(store, 'interfered')],
      [
        'deleted and made again as it was',
        true,
        async (store) => {
          await store.write((writer) => writer.delete('users', 'user-1'));
          await rename(store, 'first');
        },
      ],
    ];
    for (const [what, existed, interfere] of interferences) {
      it(`[EN1] runs again when a record that it read was ${what} meanwhile, also by another handle`, async () => {
        for (const handle of [subject.store(), await subject.another()]) {
          const store = subject.store();
          await (existed
            ? rename(store, 'first')
            : store.write((writer) => writer.delete('users', 'user-1')));
          const seen: (string | undefined)[] = [];
          await store.transaction(async (transaction) => {
            seen.push((await transaction.get('users', 'user-1'))?.name);
            if (seen.length === 1) await interfere(handle);
            transaction.put('users', sampleUser({ id: 'user-2', name: String(seen.at(-1)) }));
          });
          expect(seen).toHaveLength(2);
          const now = (await store.get('users', 'user-1'))?.name;
          expect(seen[1]).toBe(now);
          expect((await store.get('users', 'user-2'))?.name).toBe(String(now));
          if (handle !== store) await handle.close();
        }
      });
    }

    it('[EN1] an increment by others is a change, too', async () => {
      const store = subject.store();
      let tries = 0;
      const counted = await store.transaction(async (transaction) => {
        tries += 1;
        const counter = await transaction.get('channelOutcomes', sampleOutcome().id);
        if (tries === 1)
          await store.write((writer) => writer.increment('channelOutcomes', sampleOutcome(), ['ended']));
        transaction.create('users', sampleUser());
        return counter?.ended;
      });
      expect([tries, counted]).toEqual([2, 1]);
    });

    it('[EN1] does not run again for records that it did not read, or only listed', async () => {
      const store = subject.store();
      await rename(store, 'first');
      let tries = 0;
      await store.transaction(async (transaction) => {
        tries += 1;
        await transaction.list('users', { orderBy: 'createdAt', direction: 'ascending', limit: 5 });
        await rename(store, 'interfered');
        transaction.put('users', sampleUser({ name: 'last' }));
      });
      expect(tries).toBe(1);
      expect((await store.get('users', 'user-1'))?.name).toBe('last');
    });

    it('[EN1] gives up with conflict after 20 tries, having written nothing', async () => {
      const store = subject.store();
      let tries = 0;
      const starved = store.transaction(async (transaction) => {
        tries += 1;
        await transaction.get('users', 'user-1');
        await rename(store, `interfered ${tries}`);
        transaction.create('users', sampleUser({ id: 'user-2' }));
      });
      await expect(starved).rejects.toMatchObject({ code: 'conflict' });
      expect(tries).toBe(20);
      expect(await store.get('users', 'user-2')).toBeUndefined();
    });

    it('[EN1] records that were only read are true together', async () => {
      const store = subject.store();
      const both = (name: string) =>
        store.write((writer) => {
          for (const id of ['left', 'right']) writer.put('users', sampleUser({ id, name }));
        });
      await both('before');
      let tries = 0;
      const names = await store.transaction(async (transaction) => {
        tries += 1;
        const left = await transaction.get('users', 'left');
        if (tries === 1) await both('after');
        const right = await transaction.get('users', 'right');
        return [left?.name, right?.name];
      });
      expect(names).toEqual(['after', 'after']);
    });

    it('[EN1] concurrent transactions on one record all succeed, none is lost', async () => {
      const store = subject.store();
      const results = await Promise.all(numbered('add', 100).map(() => store.transaction(addOne)));
      expect([...results].sort((a, b) => a - b)).toEqual(numbered('add', 100).map((_, index) => index + 1));
      expect((await store.get('channelOutcomes', sampleOutcome().id))?.ended).toBe(100);
    });

    it('[EN1] transactions that race for several records in any order all end', async () => {
      const store = subject.store();
      const ids = numbered('account', 4);
      await Promise.all(
        numbered('move', 48).map((_, index) =>
          store.transaction(async (transaction) => {
            const from = sampleOutcome({ id: String(ids[index % 4]), ended: 0 });
            const to = sampleOutcome({ id: String(ids[(index * 3 + 1) % 4]), ended: 0 });
            if (from.id === to.id) return;
            const left = (await transaction.get('channelOutcomes', from.id)) ?? from;
            const right = (await transaction.get('channelOutcomes', to.id)) ?? to;
            transaction.put('channelOutcomes', { ...left, ended: left.ended - 1 });
            transaction.put('channelOutcomes', { ...right, ended: right.ended + 1 });
          }),
        ),
      );
      const accounts = await Promise.all(ids.map((id) => store.get('channelOutcomes', id)));
      expect(accounts.reduce((sum, account) => sum + (account?.ended ?? 0), 0)).toBe(0);
    });

    it('[EN1] an append that names its number is given to one writer only', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      const append = (handle: RecordStore) =>
        handle.transaction(async (transaction) => {
          const page = await transaction.list('sessionLog', {
            where: [{ field: 'sessionId', operator: '==', value: 'session-1' }],
            orderBy: 'seq',
            direction: 'descending',
            limit: 1,
          });
          const seq = (page.items[0]?.seq ?? 0) + 1;
          if ((await transaction.get('sessionLog', sampleEntry(seq).id)) !== undefined) return undefined;
          transaction.create('sessionLog', sampleEntry(seq));
          return seq;
        });
      const given = await Promise.allSettled([store, other, store, other].map(append));
      const numbers = given.flatMap((result) => (result.status === 'fulfilled' && result.value) || []);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(numbers).toContain(1);
      await other.close();
    });

    it('[EN1] a step that comes after the transaction is refused, not lost', async () => {
      let kept: Transaction | undefined;
      await subject.store().transaction(async (transaction) => {
        kept = transaction;
      });
      expect(() => kept?.create('users', sampleUser())).toThrow();
    });

    it('[EN1] close waits for a transaction that is under way', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      let proceed = (): void => {};
      const held = new Promise<void>((resolve) => {
        proceed = resolve;
      });
      const running = store.transaction(async (transaction) => {
        await held;
        transaction.create('users', sampleUser());
      });
      const closed = store.close();
      proceed();
      await Promise.all([running, closed]);
      expect(await other.get('users', 'user-1')).toEqual(sampleUser());
      await other.close();
    });
  });
};

import { describe, expect, it } from 'vitest';
import { sampleSession } from '../testing/support-session.ts';
import { numbered, type StoreUnderTest, sampleOutcome, sampleUser } from './record-store-samples.contract.ts';

export const writesOfRecords = (subject: StoreUnderTest): void => {
  describe('writes', () => {
    it('[EN1] creates, reads, replaces and deletes a record', async () => {
      const store = subject.store();
      await store.write((writer) => writer.create('users', sampleUser()));
      expect(await store.get('users', 'user-1')).toEqual(sampleUser());
      await store.write((writer) => writer.put('users', sampleUser({ name: 'Other' })));
      expect(await store.get('users', 'user-1')).toEqual(sampleUser({ name: 'Other' }));
      await store.write((writer) => writer.delete('users', 'user-1'));
      expect(await store.get('users', 'user-1')).toBeUndefined();
    });

    it('[EN1] makes a record by put, and deletes what is not there without complaint', async () => {
      const store = subject.store();
      await store.write((writer) => {
        writer.put('users', sampleUser());
        writer.delete('users', 'nobody');
      });
      expect(await store.get('users', 'user-1')).toEqual(sampleUser());
    });

    it('[EN1] replaces a record whole: a field that is left out is gone', async () => {
      const store = subject.store();
      await store.write((writer) => writer.create('supportSessions', sampleSession({ tags: ['old'] })));
      const { agentId, duration, resolution, ...rest } = sampleSession({ tags: ['new'] });
      expect([agentId, duration, resolution]).not.toContain(undefined);
      await store.write((writer) => writer.put('supportSessions', rest));
      const read = await store.get('supportSessions', rest.id);
      expect(read).toEqual(rest);
      expect(Object.keys(read ?? {})).not.toContain('agentId');
    });

    it('[EN1] refuses to create what exists, and keeps the first', async () => {
      const store = subject.store();
      await store.write((writer) => writer.create('users', sampleUser()));
      const again = store.write((writer) => writer.create('users', sampleUser({ name: 'Second' })));
      await expect(again).rejects.toMatchObject({ code: 'already_exists' });
      expect(await store.get('users', 'user-1')).toEqual(sampleUser());
    });

    it('[EN1] lets exactly one of many concurrent creators have an id', async () => {
      const store = subject.store();
      const names = numbered('name', 40);
      const results = await Promise.allSettled(
        names.map((name) => store.write((writer) => writer.create('users', sampleUser({ name })))),
      );
      const winners = names.filter((_, index) => results[index]?.status === 'fulfilled');
      expect(winners).toEqual([(await store.get('users', 'user-1'))?.name]);
    });

    it('[RE1] commits all writes of a unit or none, wherever the refused one stands', async () => {
      const store = subject.store();
      await store.write((writer) => writer.create('users', sampleUser({ id: 'taken' })));
      for (const position of [0, 1, 2]) {
        const ids = ['first', 'second'];
        ids.splice(position, 0, 'taken');
        const refused = store.write((writer) => {
          for (const id of ids) writer.create('users', sampleUser({ id }));
          writer.delete('users', 'taken');
        });
        await expect(refused).rejects.toMatchObject({ code: 'already_exists' });
        expect(await store.get('users', 'first')).toBeUndefined();
        expect(await store.get('users', 'second')).toBeUndefined();
        expect(await store.get('users', 'taken')).toBeDefined();
      }
    });

    it('[RE1] a refused unit does not touch the units that are committed beside it', async () => {
      const store = subject.store();
      await store.write((writer) => writer.create('users', sampleUser({ id: 'taken' })));
      const ids = numbered('user', 30);
      const units = ids.map((id, index) =>
        store.write((writer) => {
          writer.create('users', sampleUser({ id }));
          writer.create('users', sampleUser({ id: index % 3 === 0 ? 'taken' : `${id}-twin` }));
        }),
      );
      const results = await Promise.allSettled(units);
      for (const [index, id] of ids.entries()) {
        const refused = index % 3 === 0;
        expect(results[index]?.status).toBe(refused ? 'rejected' : 'fulfilled');
        expect((await store.get('users', id)) === undefined).toBe(refused);
        expect((await store.get('users', `${id}-twin`)) === undefined).toBe(refused);
      }
    });

    it('[RE1] nothing is written when the work throws', async () => {
      const store = subject.store();
      const failed = store.write((writer) => {
        writer.create('users', sampleUser());
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      expect(await store.get('users', 'user-1')).toBeUndefined();
    });

    it('[EN1] applies the writes of a unit in order', async () => {
      const store = subject.store();
      await store.write((writer) => {
        writer.create('users', sampleUser({ name: 'A' }));
        writer.delete('users', 'user-1');
        writer.create('users', sampleUser({ name: 'B' }));
        writer.put('users', sampleUser({ name: 'C' }));
      });
      expect((await store.get('users', 'user-1'))?.name).toBe('C');
    });

    it('[EN1] increment creates the record as it is, then adds to the named fields only', async () => {
      const store = subject.store();
      const outcome = sampleOutcome({ ended: 3, resolved: 2 });
      const add = () => store.write((writer) => writer.increment('channelOutcomes', outcome, ['ended']));
      await add();
      expect(await store.get('channelOutcomes', outcome.id)).toEqual(outcome);
      await add();
      expect(await store.get('channelOutcomes', outcome.id)).toEqual({ ...outcome, ended: 6 });
    });

    it('[EN1] increments of one counter never conflict and none is lost', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      const add = (handle: typeof store) =>
        handle.write((writer) =>
          writer.increment('channelOutcomes', sampleOutcome({ resolved: 2 }), ['ended', 'resolved']),
        );
      await Promise.all(numbered('add', 60).map((_, index) => add(index % 2 === 0 ? store : other)));
      expect(await store.get('channelOutcomes', sampleOutcome().id)).toMatchObject({
        ended: 60,
        resolved: 120,
      });
      await other.close();
    });

    it('[EN1] increments a number that may have a fraction', async () => {
      const store = subject.store();
      const outcome = {
        id: 'p-1',
        policyVersion: 'p',
        tenth: 1,
        decisions: 1,
        right: 1,
        confidenceSum: 0.25,
      };
      for (const _ of [1, 2, 3]) {
        await store.write((writer) =>
          writer.increment('confidenceOutcomes', outcome, ['decisions', 'confidenceSum']),
        );
      }
      expect(await store.get('confidenceOutcomes', 'p-1')).toEqual({
        ...outcome,
        decisions: 3,
        confidenceSum: 0.75,
      });
    });

    it('[RE1] many writers at once are all stored, and seen through another handle', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      const ids = numbered('user', 200);
      await Promise.all(ids.map((id) => store.write((writer) => writer.create('users', sampleUser({ id })))));
      const found = await Promise.all(ids.map((id) => other.get('users', id)));
      expect(found.filter((user) => user === undefined)).toEqual([]);
      await other.close();
    });

    it('[EN1] what was acknowledged is seen by the next read', async () => {
      const store = subject.store();
      for (const name of numbered('name', 20)) {
        await store.write((writer) => writer.put('users', sampleUser({ name })));
        expect((await store.get('users', 'user-1'))?.name).toBe(name);
      }
    });

    it('[EN1] a write outside its unit is refused, not lost', async () => {
      const store = subject.store();
      let late = (): void => {};
      await store.write((writer) => {
        late = () => writer.create('users', sampleUser());
      });
      expect(late).toThrow();
    });

    it('[EN5] close waits for reads that are under way', async () => {
      const store = subject.store();
      await store.write((writer) => writer.create('users', sampleUser({ id: 'u-1' })));
      const byTime = { orderBy: 'createdAt', direction: 'ascending', limit: 10 } as const;
      const reading = Promise.all([store.get('users', 'u-1'), store.list('users', byTime)]);
      await store.close();
      const [user, { items }] = await reading;
      expect(user).toEqual(sampleUser({ id: 'u-1' }));
      expect(items).toEqual([user]);
    });

    it('[EN5] is healthy while open; after close it finishes writes, then says it is unavailable', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      expect(await store.healthy()).toBe(true);
      const written = store.write((writer) => writer.create('users', sampleUser()));
      await Promise.all([store.close(), written, store.close()]);
      expect(await store.healthy()).toBe(false);
      await expect(store.get('users', 'user-1')).rejects.toMatchObject({ code: 'unavailable' });
      expect(await other.get('users', 'user-1')).toEqual(sampleUser());
      await other.close();
    });
  });
};

import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIndexedDbOutbox } from './indexed-db-outbox.ts';
import type { Operation } from './operation.ts';
import { createMemoryOutbox, type Outbox } from './outbox.ts';

const operation = (opId: string): Operation => ({
  opId,
  name: 'chat:message',
  payload: { body: opId },
  askedAt: 0,
});
const owner = { userId: 'anna', sessionId: 's1' };

const outboxes: [name: string, create: () => Outbox][] = [
  ['in memory', createMemoryOutbox],
  ['in the browser', () => createIndexedDbOutbox(owner)],
];

describe.each(outboxes)('an outbox %s', (_name, create) => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });

  it('[RT3] gives back what was added and not removed, in order', async () => {
    const outbox = create();
    await Promise.all(['c', 'a', 'b'].map((opId) => outbox.add(operation(opId))));
    await outbox.remove('a');
    await outbox.remove('nobody');
    await expect(outbox.load()).resolves.toEqual([operation('c'), operation('b')]);
  });

  it('[RT3] keeps an operation once, where it was first', async () => {
    const outbox = create();
    for (const opId of ['a', 'b', 'a']) await outbox.add(operation(opId));
    await expect(outbox.load()).resolves.toEqual([operation('a'), operation('b')]);
  });

  it('[RT3] calls take effect in their order without being waited for', async () => {
    const outbox = create();
    const calls = [outbox.add(operation('a')), outbox.remove('a'), outbox.add(operation('b'))];
    await expect(outbox.load()).resolves.toEqual([operation('b')]);
    await Promise.all(calls);
  });
});

describe('an outbox in the browser', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });

  it('[WE2] outlives the page', async () => {
    await createIndexedDbOutbox(owner).add(operation('a'));
    await expect(createIndexedDbOutbox(owner).load()).resolves.toEqual([operation('a')]);
  });

  it('[RT9] keeps users and sessions apart', async () => {
    await createIndexedDbOutbox(owner).add(operation('a'));
    const others = [
      { ...owner, userId: 'ben' },
      { ...owner, sessionId: 's2' },
    ];
    for (const other of others) {
      const outbox = createIndexedDbOutbox(other);
      await outbox.remove('a');
      await expect(outbox.load()).resolves.toEqual([]);
    }
    await expect(createIndexedDbOutbox(owner).load()).resolves.toHaveLength(1);
  });

  it('[WE2] rejects where the browser keeps nothing, and works once it does', async () => {
    const outbox = createIndexedDbOutbox(owner);
    const { open } = IDBFactory.prototype;
    globalThis.indexedDB.open = () => {
      throw new DOMException('not in private windows', 'SecurityError');
    };
    await expect(outbox.add(operation('a'))).rejects.toThrow('private');
    globalThis.indexedDB.open = open;
    await outbox.add(operation('b'));
    await expect(outbox.load()).resolves.toEqual([operation('b')]);
  });
});

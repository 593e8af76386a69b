import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Operation } from './operation.ts';
import type { Outbox } from './outbox.ts';

/** Whose operations, and where. Another user of the same browser never sends or sees them. */
export interface OutboxOwner {
  userId: string;
  sessionId: string;
}

interface Kept extends OutboxOwner {
  opId: string;
  operation: Operation;
}

interface OutboxSchema extends DBSchema {
  operations: {
    /** Rises by itself and never again: the order of adding, over all tabs. */
    key: number;
    value: Kept;
    indexes: { owner: [userId: string, sessionId: string]; operation: [string, string, string] };
  };
}

const databaseName = 'proofdesk-outbox';

const open = (): Promise<IDBPDatabase<OutboxSchema>> =>
  openDB<OutboxSchema>(databaseName, 1, {
    upgrade: (database) => {
      const store = database.createObjectStore('operations', { autoIncrement: true });
      store.createIndex('owner', ['userId', 'sessionId']);
      store.createIndex('operation', ['userId', 'sessionId', 'opId'], { unique: true });
    },
    // A page with a later version of the schema waits for this one to let go.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });

/**
 * An outbox in the browser's IndexedDB. Tabs of one user share it: each sends what it finds, and the server does
 * an operation once. Rejects where the browser keeps nothing, such as in some private windows.
 */
export const createIndexedDbOutbox = ({ userId, sessionId }: OutboxOwner): Outbox => {
  let opened: Promise<IDBPDatabase<OutboxSchema>> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(
    work: (database: IDBPDatabase<OutboxSchema>) => Promise<Result>,
  ): Promise<Result> => {
    const result = last.then(async () => {
      opened ??= open();
      return work(await opened);
    });
    last = result.catch(() => {
      // Opened anew: it may have been closed for a later version, or could not be opened yet.
      opened = undefined;
    });
    return result;
  };

  return {
    load: () =>
      inTurn(async (database) => {
        const kept = await database.getAllFromIndex('operations', 'owner', [userId, sessionId]);
        return kept.map(({ operation }) => operation);
      }),
    add: (operation) =>
      inTurn(async (database) => {
        const { opId } = operation;
        const transaction = database.transaction('operations', 'readwrite', { durability: 'strict' });
        const known = await transaction.store.index('operation').getKey([userId, sessionId, opId]);
        if (known === undefined) await transaction.store.add({ userId, sessionId, opId, operation });
        await transaction.done;
      }),
    remove: (opId) =>
      inTurn(async (database) => {
        const transaction = database.transaction('operations', 'readwrite');
        const key = await transaction.store.index('operation').getKey([userId, sessionId, opId]);
        if (key !== undefined) await transaction.store.delete(key);
        await transaction.done;
      }),
  };
};

import type { LiveEvents } from '../../ports/live-events.ts';
import type { RecordStore, RecordWriter, Transaction } from '../../ports/record-store.ts';
import type { CollectionName, Records, SupportSession } from '../../ports/records.ts';

/** A session before and after one transaction. */
interface Change {
  before: SupportSession | undefined;
  after: SupportSession;
}

const shownFields = ['status', 'agentId', 'type', 'urgency', 'resolution', 'satisfaction'] as const;

const isNews = ({ before, after }: Change): boolean =>
  before === undefined || shownFields.some((field) => before[field] !== after[field]);

const present = (ids: readonly (string | undefined)[]): string[] => [
  ...new Set(ids.filter((id) => id !== undefined)),
];

const tell = (live: LiveEvents, change: Change): void => {
  if (!isNews(change)) return;
  const { before, after } = change;
  const { id: sessionId, customerId, agentId, status } = after;
  if (agentId !== undefined && agentId !== before?.agentId) {
    live.publish(
      { userIds: [customerId, agentId], sessionId },
      { event: 'session:assigned', payload: { sessionId, agentId } },
    );
  }
  live.publish(
    { userIds: present([customerId, before?.agentId, agentId]), sessionId },
    { event: 'session:updated', payload: { sessionId, status } },
  );
};

/** A transaction that remembers what it reads and writes of sessions; a second run begins with a clean sheet. */
const watched = (transaction: Transaction, changes: Map<string, Change>): Transaction => {
  const read = new Map<string, SupportSession | undefined>();
  const note = <Name extends CollectionName>(collection: Name, record: Records[Name]): void => {
    if (collection !== 'supportSessions') return;
    const after = record as SupportSession;
    changes.set(after.id, { before: read.get(after.id), after });
  };
  const writing = (write: RecordWriter['put']): RecordWriter['put'] => {
    return (collection, record) => {
      write(collection, record);
      note(collection, record);
    };
  };
  return {
    get: async (collection, id) => {
      const record = await transaction.get(collection, id);
      if (collection === 'supportSessions') read.set(id, record as SupportSession | undefined);
      return record;
    },
    list: (collection, query) => transaction.list(collection, query),
    create: writing((collection, record) => transaction.create(collection, record)),
    put: writing((collection, record) => transaction.put(collection, record)),
    delete: (collection, id) => transaction.delete(collection, id),
    increment: (collection, record, fields) => transaction.increment(collection, record, fields),
    append: (sessionId, at, entries) => transaction.append(sessionId, at, entries),
  };
};

/**
 * The same store, which tells the people of a session of every change that a transaction has committed: whoever
 * changes sessions need not think of it, and nothing is told that did not happen.
 */
export const withSessionNews = (store: RecordStore, live: LiveEvents): RecordStore => ({
  get: (collection, id) => store.get(collection, id),
  list: (collection, query) => store.list(collection, query),
  write: (work) => store.write(work),
  healthy: () => store.healthy(),
  close: () => store.close(),
  transaction: async (work) => {
    const changes = new Map<string, Change>();
    const result = await store.transaction((transaction) => {
      changes.clear();
      return work(watched(transaction, changes));
    });
    for (const change of changes.values()) tell(live, change);
    return result;
  },
});

import { type Clock, isoTime } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Query, RecordStore } from '../ports/record-store.ts';
import type { CollectionName, SupportSession, Time } from '../ports/records.ts';

export interface EraseOldOptions {
  store: RecordStore;
  files: Pick<Files, 'delete'>;
  clock: Clock;
  /** Days after which a completed session is erased. */
  days: number;
}

/** What one run erases at most; the next goes on. */
const sessionsPerRun = 200;
const decisionsPerRun = 1000;
/** Records of one commit, so that nobody waits long behind it. */
const recordsPerCommit = 100;
const dayMs = 86_400_000;

const deleteAll = (
  store: RecordStore,
  collection: CollectionName,
  records: readonly { id: string }[],
): Promise<void> =>
  store.write((writer) => {
    for (const { id } of records) writer.delete(collection, id);
  });

/** Deletes what a list holds, a commit at a time. */
const empty = async <Name extends CollectionName>(
  store: RecordStore,
  collection: Name,
  query: Omit<Query<Name>, 'limit'>,
): Promise<void> => {
  for (;;) {
    const { items } = await store.list(collection, { ...query, limit: recordsPerCommit });
    if (items.length === 0) return;
    await deleteAll(store, collection, items);
  }
};

type Kept = Pick<EraseOldOptions, 'store' | 'files'>;

/** Each file goes before its record, which alone names it. */
const eraseProofs = async ({ store, files }: Kept, sessionId: string): Promise<void> => {
  for (;;) {
    const { items } = await store.list('proofs', {
      where: [{ field: 'sessionId', operator: '==', value: sessionId }],
      orderBy: 'seq',
      direction: 'descending',
      limit: recordsPerCommit,
    });
    if (items.length === 0) return;
    for (const { id } of items) await files.delete(id);
    await deleteAll(store, 'proofs', items);
  }
};

/** The session goes last: a run that was cut short finds it again. */
const eraseSession = async (kept: Kept, { id, decisionId }: SupportSession): Promise<void> => {
  const { store } = kept;
  await eraseProofs(kept, id);
  const ofSession = { field: 'sessionId', operator: '==', value: id } as const;
  for (const collection of ['annotations', 'sessionLog'] as const) {
    await empty(store, collection, { where: [ofSession], orderBy: 'seq', direction: 'descending' });
  }
  await store.write((writer) => {
    writer.delete('routingDecisions', decisionId);
    writer.delete('supportSessions', id);
  });
};

/** Opened before a time and completed before it; those that ended later are left for another day. */
const eraseSessions = async (kept: Kept, before: Time): Promise<number> => {
  const { items } = await kept.store.list('supportSessions', {
    where: [
      { field: 'status', operator: '==', value: 'completed' },
      { field: 'startTime', operator: '<', value: before },
    ],
    orderBy: 'startTime',
    direction: 'ascending',
    limit: sessionsPerRun,
  });
  const old = items.filter(({ endedAt }) => endedAt !== undefined && endedAt < before);
  for (const session of old) await eraseSession(kept, session);
  return old.length;
};

/** Recommendations that no session came of quote what was asked, too. */
const eraseDecisions = async (store: RecordStore, before: Time): Promise<number> => {
  const { items } = await store.list('routingDecisions', {
    where: [{ field: 'at', operator: '<', value: before }],
    orderBy: 'at',
    direction: 'ascending',
    limit: decisionsPerRun,
  });
  const alone = items.filter(({ sessionId }) => sessionId === undefined);
  for (let from = 0; from < alone.length; from += recordsPerCommit) {
    await deleteAll(store, 'routingDecisions', alone.slice(from, from + recordsPerCommit));
  }
  return alone.length;
};

/**
 * Erases completed sessions that ended longer ago than told, with their logs, annotations, artwork and decisions, and old
 * recommendations without a session. Roll-ups and what was learnt from outcomes stay. Safe to run again, and on
 * several nodes at once.
 */
export const eraseOld = async ({
  store,
  files,
  clock,
  days,
}: EraseOldOptions): Promise<{ sessions: number; decisions: number }> => {
  const before = isoTime(clock.now() - days * dayMs);
  const sessions = await eraseSessions({ store, files }, before);
  return { sessions, decisions: await eraseDecisions(store, before) };
};

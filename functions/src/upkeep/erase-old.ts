import { type Clock, isoTime } from '../ports/clock.ts';
import { everyRecord } from '../ports/every-record.ts';
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

type Kept = Pick<EraseOldOptions, 'store' | 'files'>;

/** Deletes what a list holds, a commit at a time; `first` is done with each record before it goes. */
const empty = async <Name extends CollectionName>(
  store: RecordStore,
  collection: Name,
  query: Omit<Query<Name>, 'limit'>,
  first: (id: string) => Promise<void> = async () => undefined,
): Promise<void> => {
  for (;;) {
    const { items } = await store.list(collection, { ...query, limit: recordsPerCommit });
    if (items.length === 0) return;
    for (const { id } of items) await first(id);
    await store.write((writer) => {
      for (const { id } of items) writer.delete(collection, id);
    });
  }
};

/**
 * The session goes last: a run that was cut short finds it again. So does each proof behind its file, which the
 * record alone names.
 */
const eraseSession = async ({ store, files }: Kept, { id, decisionId }: SupportSession): Promise<void> => {
  const ofSession = { field: 'sessionId', operator: '==', value: id } as const;
  const all = { where: [ofSession], orderBy: 'seq', direction: 'descending' } as const;
  await empty(store, 'proofs', all, (proof) => files.delete(proof));
  await empty(store, 'annotations', all);
  await empty(store, 'sessionLog', all);
  await store.write((writer) => {
    writer.delete('routingDecisions', decisionId);
    writer.delete('supportSessions', id);
  });
};

/** All that were opened before a time are looked at: those that ended later hold up nobody behind them. */
const eraseSessions = async (kept: Kept, before: Time): Promise<number> => {
  const opened = everyRecord(kept.store, 'supportSessions', {
    where: [
      { field: 'status', operator: '==', value: 'completed' },
      { field: 'startTime', operator: '<', value: before },
    ],
    orderBy: 'startTime',
    direction: 'ascending',
  });
  let erased = 0;
  for await (const session of opened) {
    if (session.endedAt === undefined || session.endedAt >= before) continue;
    await eraseSession(kept, session);
    erased += 1;
    if (erased === sessionsPerRun) break;
  }
  return erased;
};

/** Recommendations that no session came of quote what was asked, too; those of sessions that stay, stay. */
const eraseDecisions = async (store: RecordStore, before: Time): Promise<number> => {
  const made = everyRecord(store, 'routingDecisions', {
    where: [{ field: 'at', operator: '<', value: before }],
    orderBy: 'at',
    direction: 'ascending',
  });
  const alone: string[] = [];
  for await (const { id, sessionId } of made) {
    if (sessionId === undefined) alone.push(id);
    if (alone.length === decisionsPerRun) break;
  }
  for (let from = 0; from < alone.length; from += recordsPerCommit) {
    await store.write((writer) => {
      for (const id of alone.slice(from, from + recordsPerCommit)) writer.delete('routingDecisions', id);
    });
  }
  return alone.length;
};

/**
 * Erases completed sessions that ended longer ago than told, with their logs, annotations, artwork and decisions,
 * and old recommendations without a session. Roll-ups and what was learnt from outcomes stay. Safe to run again,
 * and on several nodes at once.
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

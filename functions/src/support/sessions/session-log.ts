import { isoTime } from '../../ports/clock.ts';
import type { Transaction } from '../../ports/record-store.ts';
import type { SessionLogEntry } from '../../ports/records.ts';

/** What is new about an entry; its place, time and id are given by the log. */
export type NewLogEntry = Pick<SessionLogEntry, 'kind' | 'authorId' | 'visibility' | 'data'>;

const seqDigits = 10;

/** Id of an entry: entries of one session sort by it, and two writers can never both make the same one. */
export const logEntryId = (sessionId: string, seq: number): string =>
  `${sessionId}-${String(seq).padStart(seqDigits, '0')}`;

const headOf = async (transaction: Transaction, sessionId: string): Promise<number> => {
  const { items } = await transaction.list('sessionLog', {
    where: [{ field: 'sessionId', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'descending',
    limit: 1,
  });
  return items[0]?.seq ?? 0;
};

/**
 * Adds entries at the end of a session's log; at most one call a transaction. The transaction must also have
 * read and written the session itself, so that two writers of one log never take the same place.
 */
export const appendToLog = async (
  transaction: Transaction,
  sessionId: string,
  now: number,
  entries: readonly NewLogEntry[],
): Promise<void> => {
  const head = await headOf(transaction, sessionId);
  entries.forEach((entry, index) => {
    const seq = head + 1 + index;
    transaction.create('sessionLog', {
      ...entry,
      id: logEntryId(sessionId, seq),
      sessionId,
      seq,
      at: isoTime(now),
    });
  });
};

import type { NewLogEntry, SessionLogEntry, Time } from './records.ts';

const seqDigits = 10;

/** Id of an entry: entries of one session sort by it, and two writers can never both make the same one. */
export const logEntryId = (sessionId: string, seq: number): string =>
  `${sessionId}-${String(seq).padStart(seqDigits, '0')}`;

const isSaid = ({ kind }: NewLogEntry): boolean => kind === 'message' || kind === 'comment:added';

/** The entry at its place. For engines, and for data that is planted whole; everybody else appends. */
export const placeEntry = (sessionId: string, seq: number, at: Time, entry: NewLogEntry): SessionLogEntry => {
  const placed = { ...entry, id: logEntryId(sessionId, seq), sessionId, seq, at };
  return isSaid(entry) ? { ...placed, conversation: sessionId } : placed;
};

/**
 * How an entry names its operation: unique on author and `opId`. What clients make in the order of time comes
 * first, so that the index over it grows at its end; by author, each operation of a tick wrote a page of its own.
 */
export const operationKey = (authorId: string, opId: string): string => `${opId}/${authorId}`;

/** The client's name in an entry's `operation`. */
export const opIdOf = (operation: string): string => operation.slice(0, operation.indexOf('/'));

import type { NewLogEntry, SessionLogEntry, Time } from './records.ts';

const seqDigits = 10;

/** Id of an entry: entries of one session sort by it, and two writers can never both make the same one. */
export const logEntryId = (sessionId: string, seq: number): string =>
  `${sessionId}-${String(seq).padStart(seqDigits, '0')}`;

const isSaid = ({ kind }: NewLogEntry): boolean => kind === 'message' || kind === 'comment:added';

/** The entry at its place. For engines, and for data that is planted whole; everybody else appends. */
export const placeEntry = (
  sessionId: string,
  seq: number,
  at: Time,
  entry: NewLogEntry,
): SessionLogEntry => ({
  ...entry,
  id: logEntryId(sessionId, seq),
  sessionId,
  seq,
  at,
  ...(isSaid(entry) && { conversation: sessionId }),
});

import type { NewLogEntry, SessionLogEntry, Time } from './records.ts';

const seqDigits = 10;

/** Id of an entry: entries of one session sort by it, and two writers can never both make the same one. */
export const logEntryId = (sessionId: string, seq: number): string =>
  `${sessionId}-${String(seq).padStart(seqDigits, '0')}`;

const isSaid = ({ kind }: NewLogEntry): boolean => kind === 'message' || kind === 'comment:added';

/** The entry at its place in the log. Only what has to stand before the first append may be made without one. */
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

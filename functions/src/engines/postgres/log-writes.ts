import { AppError } from '../../errors/app-error.ts';
import { placeEntry } from '../../ports/log-entry.ts';
import { appendProblem, ensureWithin } from '../../ports/log-limits.ts';
import type { NewLogEntry, SessionLogEntry, Time } from '../../ports/records.ts';
import type { Tables } from './tables.ts';
import type { Write, WriteBuffer } from './write.ts';

/** Entries for the end of a log that stands at `head`. */
export interface PendingEntries {
  sessionId: string;
  head: number;
  at: Time;
  entries: readonly NewLogEntry[];
}

const refuseTooLarge = (tables: Tables, entries: readonly Write[], records: readonly Write[]): void => {
  const position = tables.of('sessionLog').codec.fields.indexOf('data');
  const problem = appendProblem({
    entries: entries.map(({ values }) => values),
    data: entries.map(({ values }) => String(values[position])),
    records: records.map(({ values }) => values),
  });
  if (problem !== undefined) throw new AppError('payload_too_large', problem);
};

/**
 * Puts entries into the buffer at their places, then the records that they change; gives the placed entries.
 * AppError `payload_too_large` when all this is more than one append may hold.
 */
export const writeEntries = (
  buffer: WriteBuffer,
  tables: Tables,
  { sessionId, head, at, entries }: PendingEntries,
  changes?: (writer: WriteBuffer) => void,
): SessionLogEntry[] => {
  ensureWithin('the number of entries', entries.length, 1, Number.MAX_SAFE_INTEGER);
  const first = buffer.all.length;
  const placed = entries.map((entry, index) => placeEntry(sessionId, head + 1 + index, at, entry));
  for (const entry of placed) buffer.create('sessionLog', entry);
  changes?.(buffer);
  const added = buffer.all.slice(first);
  refuseTooLarge(tables, added.slice(0, placed.length), added.slice(placed.length));
  return placed;
};

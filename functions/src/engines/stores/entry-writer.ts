import { AppError } from '../../errors/app-error.ts';
import { placeEntry } from '../../ports/log-entry.ts';
import { appendProblem, type EncodedValues, ensureWithin } from '../../ports/log-limits.ts';
import type { RecordWriter } from '../../ports/record-store.ts';
import type { NewLogEntry, SessionLogEntry, Time } from '../../ports/records.ts';

/** Entries for the end of a log that stands at `head`. */
export interface PendingEntries {
  sessionId: string;
  head: number;
  at: Time;
  entries: readonly NewLogEntry[];
}

/** How an engine shows what it is about to write, so that an append is measured before it is made. */
export interface Encoding<Writes, Write> {
  /** All so far, in the order of the calls. */
  all(writes: Writes): readonly Write[];
  valuesOf(write: Write): EncodedValues;
  /** `data` of a log entry, as text. */
  dataOf(entry: Write): string;
}

/** Puts entries among the writes at their places, then the records that they change; gives the placed entries. */
export type WriteEntries<Writes> = (
  writes: Writes,
  pending: PendingEntries,
  changes?: (writer: Writes) => void,
) => SessionLogEntry[];

/** What an engine adds entries with; AppError `payload_too_large` when all this is more than one append may hold. */
export const createEntryWriter =
  <Writes extends RecordWriter, Write>({
    all,
    valuesOf,
    dataOf,
  }: Encoding<Writes, Write>): WriteEntries<Writes> =>
  (writes, { sessionId, head, at, entries }, changes) => {
    ensureWithin('the number of entries', entries.length, 1, Number.MAX_SAFE_INTEGER);
    const first = all(writes).length;
    const placed = entries.map((entry, index) => placeEntry(sessionId, head + 1 + index, at, entry));
    for (const entry of placed) writes.create('sessionLog', entry);
    changes?.(writes);
    const added = all(writes).slice(first);
    const encoded = added.slice(0, placed.length);
    const records = added.slice(placed.length).map(valuesOf);
    const problem = appendProblem({ entries: encoded.map(valuesOf), data: encoded.map(dataOf), records });
    if (problem !== undefined) throw new AppError('payload_too_large', problem);
    return placed;
  };

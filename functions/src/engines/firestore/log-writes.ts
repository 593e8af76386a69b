import { AppError } from '../../errors/app-error.ts';
import { placeEntry } from '../../ports/log-entry.ts';
import { appendProblem, ensureWithin } from '../../ports/log-limits.ts';
import type { NewLogEntry, SessionLogEntry, Time } from '../../ports/records.ts';
import type { DocumentWrite, UnitWrites } from './unit-writes.ts';

/** Entries for the end of a log that stands at `head`. */
export interface PendingEntries {
  sessionId: string;
  head: number;
  at: Time;
  entries: readonly NewLogEntry[];
}

const valuesOf = ({ effect, ref }: DocumentWrite): unknown[] =>
  effect.kind === 'delete' ? [ref.id] : Object.values(effect.document);

const dataOf = ({ effect }: DocumentWrite): string =>
  effect.kind === 'delete' ? '' : String(effect.document.data);

/**
 * Adds entries at their places, then the records that they change; gives the placed entries. AppError
 * `payload_too_large` when all this is more than one append may hold.
 */
export const writeEntries = (
  writes: UnitWrites,
  { sessionId, head, at, entries }: PendingEntries,
  changes?: (writer: UnitWrites) => void,
): SessionLogEntry[] => {
  ensureWithin('the number of entries', entries.length, 1, Number.MAX_SAFE_INTEGER);
  const first = writes.all.length;
  const placed = entries.map((entry, index) => placeEntry(sessionId, head + 1 + index, at, entry));
  for (const entry of placed) writes.create('sessionLog', entry);
  changes?.(writes);
  const added = writes.all.slice(first);
  const encoded = added.slice(0, placed.length);
  const records = added.slice(placed.length).map(valuesOf);
  const problem = appendProblem({ entries: encoded.map(valuesOf), data: encoded.map(dataOf), records });
  if (problem !== undefined) throw new AppError('payload_too_large', problem);
  return placed;
};

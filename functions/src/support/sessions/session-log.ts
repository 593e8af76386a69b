import { isoTime } from '../../ports/clock.ts';
import type { Transaction } from '../../ports/record-store.ts';
import type { NewLogEntry } from '../../ports/records.ts';

export type { NewLogEntry } from '../../ports/records.ts';

/**
 * Adds entries at the end of a session's log. Whatever changes a session is an entry too, so that it conflicts
 * with what is appended from the room meanwhile: the transaction then runs again (rule RT1). Gives the place of the
 * last one.
 */
export const appendToLog = async (
  transaction: Transaction,
  sessionId: string,
  now: number,
  entries: readonly NewLogEntry[],
): Promise<number> => {
  const placed = await transaction.append(sessionId, isoTime(now), entries);
  return placed.at(-1)?.seq ?? 0;
};

import type { Clock } from '../ports/clock.ts';
import type { RecordReader } from '../ports/record-store.ts';
import { findServerLease } from './server-lease.ts';

export interface TokensEndOptions {
  store: RecordReader;
  clock: Clock;
  pause(milliseconds: number): Promise<void>;
}

/** A revocation holds within so long, on every node and open socket (rule HT6). */
const revocationMs = 30_000;

/** Waits, while a server may run on these records, until it takes no token any more that was ended before. */
export const untilTokensEnd = async ({ store, clock, pause }: TokensEndOptions): Promise<void> => {
  if ((await findServerLease(store, clock)) !== undefined) await pause(revocationMs);
};

import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { takeServerLease } from './server-lease.ts';
import { untilTokensEnd } from './tokens-end.ts';

describe('the end of tokens', () => {
  it('[EN8] is waited for while a server runs on the records, and not otherwise', async () => {
    const store = await openSqliteStore({ file: ':memory:' });
    onTestFinished(() => store.close());
    const clock = createManualClock();
    const pauses: number[] = [];
    const wait = () =>
      untilTokensEnd({
        store,
        clock,
        pause: async (milliseconds) => {
          pauses.push(milliseconds);
        },
      });
    await wait();
    expect(pauses).toEqual([]);
    const lease = await takeServerLease({ store, clock });
    await wait();
    expect(pauses).toEqual([30_000]);
    await lease.release();
    await wait();
    expect(pauses).toHaveLength(1);
  });
});

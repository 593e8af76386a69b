import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { sampleSession } from '../../testing/support-session.ts';
import { type CustomerPasts, createCustomerPasts } from './customer-past.ts';

describe('a customer’s past', () => {
  let store: RecordStore;
  let clock: ManualClock;
  let pasts: CustomerPasts;

  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
    clock = createManualClock();
    pasts = createCustomerPasts({ store, clock });
  });
  afterEach(() => store.close());

  const put = (session: SupportSession) => store.write((writer) => writer.put('supportSessions', session));
  const sessionsOf = async (): Promise<number> => (await pasts.of('customer-1')).length;

  test('[RO4] holds the ended sessions with their channels, the good ones apart, and no others', async () => {
    await put(sampleSession());
    await put(sampleSession({ id: 'session-2', handovers: 1 }));
    await put(sampleSession({ id: 'session-3', resolution: 'abandoned', type: 'co-browse' }));
    await put(sampleSession({ id: 'session-4', status: 'active', type: 'video-call' }));
    await put(sampleSession({ id: 'session-5', customerId: 'customer-2' }));
    const past = (await pasts.of('customer-1')).map(({ channel, endedWell }) => [channel, endedWell]);
    expect(past.sort()).toEqual([
      ['co-browse', false],
      ['live-chat', false],
      ['live-chat', true],
    ]);
  });

  test('[RO4] is kept in memory, and forgotten when a session ends', async () => {
    expect(await sessionsOf()).toBe(0);
    await put(sampleSession());
    expect(await sessionsOf()).toBe(0);
    pasts.sessionEnds('customer-1');
    expect(await sessionsOf()).toBe(1);
  });

  test('[RO4] what is read while the end may not be committed is not kept', async () => {
    pasts.sessionEnds('customer-1');
    expect(await sessionsOf()).toBe(0);
    await put(sampleSession());
    expect(await sessionsOf()).toBe(1);
  });

  test('[RO4] what another process ended is seen within five minutes', async () => {
    expect(await sessionsOf()).toBe(0);
    await put(sampleSession());
    clock.advance(5 * 60_000);
    expect(await sessionsOf()).toBe(1);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { sampleSession } from '../../testing/support-session.ts';
import { type CustomerPasts, createCustomerPasts, pastOf } from './customer-past.ts';

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
  const issuesOf = async (): Promise<number> => (await pasts.of('customer-1')).previousIssues.length;

  test('[RO4] counts ended sessions by channel, the good ones apart, and no others', () => {
    const sessions = [
      sampleSession(),
      sampleSession({ handovers: 1 }),
      sampleSession({ resolution: 'abandoned', type: 'co-browse' }),
      sampleSession({ status: 'active', type: 'video-call' }),
    ];
    const { tallies, previousIssues } = pastOf(sessions);
    expect(tallies).toEqual({
      'live-chat': { ended: 2, resolved: 1 },
      'co-browse': { ended: 1, resolved: 0 },
    });
    expect(previousIssues).toHaveLength(3);
  });

  test('[RO4] is kept in memory, and forgotten when a session ends', async () => {
    expect(await issuesOf()).toBe(0);
    await put(sampleSession());
    expect(await issuesOf()).toBe(0);
    pasts.sessionEnds('customer-1');
    expect(await issuesOf()).toBe(1);
  });

  test('[RO4] what is read while the end may not be committed is not kept', async () => {
    pasts.sessionEnds('customer-1');
    expect(await issuesOf()).toBe(0);
    await put(sampleSession());
    expect(await issuesOf()).toBe(1);
  });

  test('[RO4] what another process ended is seen within five minutes', async () => {
    expect(await issuesOf()).toBe(0);
    await put(sampleSession());
    clock.advance(5 * 60_000);
    expect(await issuesOf()).toBe(1);
  });
});

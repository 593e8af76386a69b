import { describe, expect, it } from 'vitest';
import { createLogger } from '../../telemetry/logger.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { Connection } from './connection.ts';
import { defaultEventRates } from './event-rates.ts';
import type { OutgoingEvent } from './realtime-link.ts';
import { Member } from './room-member.ts';
import { defaultSlowReaderLimits as limits, watchSlowReaders } from './slow-readers.ts';

const identity = { uid: 'anna', email: 'anna@test.local', name: 'Anna', role: 'customer' } as const;

/** One reader in one session, whose pending bytes are set by hand. */
const createReader = () => {
  const clock = createManualClock();
  const timers = createManualTimers(clock);
  const heard = new Set<string>();
  const sent: OutgoingEvent[] = [];
  const state = { pending: 0, cut: false };
  const link = {
    id: 'link-1',
    emit: (event: OutgoingEvent) => sent.push(event),
    enter: (audience: string) => heard.add(audience),
    exit: (audience: string) => heard.delete(audience),
    pendingBytes: () => state.pending,
    close: () => undefined,
    cut: () => {
      state.cut = true;
    },
  };
  const verified = { identity, expiresAt: clock.now() + 3_600_000 };
  const connection = new Connection(link, 'token', verified, defaultEventRates, clock.monotonicMs());
  const member = new Member(connection, 's1', true);
  connection.memberships.set('s1', member);
  member.settle(0, 0);
  watchSlowReaders({
    connections: [connection],
    clock,
    timers,
    limits,
    logger: createLogger({ level: 'silent' }),
  });
  return {
    state,
    sent,
    timers,
    hears: (pending: number) => {
      state.pending = pending;
      timers.advance(limits.sampleMs);
      return [...heard].map((audience) => audience.split(':', 1)[0]).toSorted();
    },
  };
};

describe('slow readers', () => {
  it('[RT11] cursors go first, then everything; one resync stands for all that was missed', () => {
    const reader = createReader();
    expect(reader.hears(limits.slowBytes - 1)).toEqual(['durable', 'frames', 'said']);
    expect(reader.hears(limits.slowBytes)).toEqual(['durable', 'said']);
    expect(reader.hears(limits.stoppedBytes)).toEqual([]);
    expect(reader.hears(limits.recoveredBytes + 1)).toEqual([]);
    expect(reader.sent).toEqual([]);
    expect(reader.hears(limits.recoveredBytes)).toEqual(['durable', 'frames', 'said']);
    expect(reader.sent).toEqual([{ event: 'session:resync', payload: { sessionId: 's1' } }]);
  });

  it('[RT11] whoever missed nothing but cursors needs no resync', () => {
    const reader = createReader();
    reader.hears(limits.slowBytes);
    expect(reader.hears(0)).toEqual(['durable', 'frames', 'said']);
    expect(reader.sent).toEqual([]);
  });

  it('[RT11] 30 s behind is the end; who catches up in between begins anew', () => {
    const reader = createReader();
    reader.hears(limits.slowBytes);
    reader.timers.advance(limits.disconnectAfterMs - limits.sampleMs);
    expect(reader.state.cut).toBe(false);
    reader.hears(0);
    reader.hears(limits.stoppedBytes);
    reader.timers.advance(limits.disconnectAfterMs - limits.sampleMs);
    expect(reader.state.cut).toBe(false);
    reader.timers.advance(limits.sampleMs);
    expect(reader.state.cut).toBe(true);
  });
});

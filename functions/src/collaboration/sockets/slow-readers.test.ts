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
  const state = { pending: 0, taken: 0, pongsAwaited: 0, cut: false };
  const link = {
    id: 'link-1',
    emit: (event: OutgoingEvent) => sent.push(event),
    enter: (audience: string) => heard.add(audience),
    exit: (audience: string) => heard.delete(audience),
    pendingBytes: () => state.pending,
    takenBytes: () => state.taken,
    awaitPong: () => {
      state.pongsAwaited += 1;
    },
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
    connection,
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

  it('[RT11] however long it takes, whoever reads on is not disconnected; who stops reading is', () => {
    const reader = createReader();
    reader.hears(limits.stoppedBytes);
    for (let times = 0; times < 10; times += 1) {
      reader.timers.advance(limits.disconnectAfterMs - limits.sampleMs);
      reader.state.taken += limits.progressBytes;
      reader.timers.advance(limits.sampleMs);
    }
    expect(reader.state.cut).toBe(false);
    expect(reader.state.pongsAwaited).toBe(11);
    reader.state.taken += limits.progressBytes - 1;
    reader.timers.advance(limits.disconnectAfterMs);
    expect(reader.state.cut).toBe(true);
  });

  it('[RT11] what somebody has asked for does not make them slow, and what comes on top does', () => {
    const reader = createReader();
    const everything = ['durable', 'frames', 'said'];
    const snapshotBytes = 20 * limits.stoppedBytes;
    reader.state.pending = 1_000;
    reader.connection.answer(() => {
      reader.state.pending += snapshotBytes;
    });
    expect(reader.hears(1_000 + snapshotBytes)).toEqual(everything);
    expect(reader.hears(1_000 + snapshotBytes + limits.slowBytes - 2_000)).toEqual(everything);
    reader.state.taken = snapshotBytes / 2;
    const half = snapshotBytes / 2 + 1_000;
    expect(reader.hears(half + limits.slowBytes - 1)).toEqual(everything);
    expect(reader.hears(half + limits.stoppedBytes)).toEqual([]);
    reader.state.taken += half;
    expect(reader.hears(0)).toEqual(everything);
    expect(reader.sent).toEqual([{ event: 'session:resync', payload: { sessionId: 's1' } }]);
  });

  it('[RT11] who takes nothing of what they asked for is disconnected', () => {
    const reader = createReader();
    reader.connection.answer(() => {
      reader.state.pending = 20 * limits.stoppedBytes;
    });
    reader.timers.advance(limits.disconnectAfterMs + limits.sampleMs);
    expect(reader.state.cut).toBe(true);
  });
});

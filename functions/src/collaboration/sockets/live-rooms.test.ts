import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryRelay } from '../../engines/memory/memory-relay.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { openRoomHouse, sessionId } from '../../testing/room-house.ts';
import { LiveRooms } from './live-rooms.ts';
import { audiences, type OutgoingEvent } from './realtime-link.ts';

describe('rooms that somebody is in', () => {
  it('[RT4] a session:head names what was written while the room was not in memory', async () => {
    const house = await openRoomHouse();
    const { clock } = house;
    const { rooms } = house.node({ limits: { idleMs: 1 } });
    const timers = createManualTimers(clock);
    const told: OutgoingEvent[] = [];
    const live = new LiveRooms({
      rooms,
      broadcaster: {
        emit: (names, event) => {
          if (names.includes(audiences.said('staff', sessionId))) told.push(event);
        },
        gather: () => {},
      },
      clock,
      timers,
      flushMs: 40,
      relay: createMemoryRelay(),
      logger: createLogger({ level: 'silent' }),
      onHead: () => {},
      onActivity: () => {},
    });
    onTestFinished(() => live.close());
    live.open(sessionId);
    await live.refresh(sessionId);
    await house.write([
      { kind: 'message', authorId: 'system', visibility: 'public', data: { body: 'hello' } },
    ]);
    clock.advance(5_000);
    await live.refresh(sessionId);
    const heads = told.map(({ event, payload }) => [event, 'seq' in payload && payload.seq]);
    expect(heads).toEqual([
      ['session:head', 0],
      ['session:head', 1],
    ]);
  });
});

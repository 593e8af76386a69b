import type { Clock } from '../../ports/clock.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { RoomHead, Rooms } from '../rooms/rooms.ts';
import { LiveRoom } from './live-room.ts';
import type { Broadcaster } from './realtime-link.ts';

/** How often everybody is told where the log stands. */
const headEveryMs = 10_000;

export interface LiveRoomsOptions {
  rooms: Rooms;
  broadcaster: Broadcaster;
  clock: Clock;
  timers: Timers;
  flushMs: number;
  logger: Logger;
  /** Called with who takes part, after every commit and every look at the log. */
  onHead(room: LiveRoom, head: RoomHead): void;
}

/** The rooms that somebody is in; one that is empty is forgotten. */
export class LiveRooms {
  readonly #live = new Map<string, LiveRoom>();
  readonly #options: LiveRoomsOptions;
  readonly #stop: (() => void)[];

  constructor(options: LiveRoomsOptions) {
    const { rooms, timers } = options;
    this.#options = options;
    this.#stop = [
      rooms.listen((sessionId, head, staff, customers) => {
        const room = this.#live.get(sessionId);
        if (room === undefined) return;
        room.publish({ head, staff, customers });
        options.onHead(room, head);
      }),
      timers.every(headEveryMs, () => {
        for (const sessionId of this.#live.keys()) void this.refresh(sessionId);
      }),
    ];
  }

  /** Follows what others wrote to the log, tells where it stands, and looks who still takes part. */
  async refresh(sessionId: string): Promise<void> {
    if (!this.#live.has(sessionId)) return;
    const { rooms, logger, onHead } = this.#options;
    try {
      const head = await rooms.refresh(sessionId);
      const room = this.#live.get(sessionId);
      if (room === undefined) return;
      onHead(room, head);
      room.tellHead();
    } catch (error) {
      logger.warn({ err: error, sessionId }, 'a room could not be refreshed: its sockets stay');
    }
  }

  get size(): number {
    return this.#live.size;
  }

  get(sessionId: string): LiveRoom | undefined {
    return this.#live.get(sessionId);
  }

  open(sessionId: string): LiveRoom {
    const known = this.#live.get(sessionId);
    if (known !== undefined) return known;
    const room = new LiveRoom({
      ...this.#options,
      sessionId,
      onDeparture: () => this.forgetEmpty(room),
    });
    this.#live.set(sessionId, room);
    return room;
  }

  forgetEmpty(room: LiveRoom): void {
    if (!room.empty || this.#live.get(room.sessionId) !== room) return;
    room.clear();
    this.#live.delete(room.sessionId);
  }

  close(): void {
    for (const stop of this.#stop) stop();
    for (const room of this.#live.values()) room.clear();
    this.#live.clear();
  }
}

import { AppError } from '../../errors/app-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Room } from './room.ts';

interface OpenRoomsOptions {
  load(sessionId: string): Promise<Room>;
  clock: Clock;
  limits: { rooms: number; memory: number; idleMs: number };
}

interface OpenRoom {
  room: Room;
  usedAtMs: number;
}

/** How often, at most, rooms are looked through. */
const sweepEveryMs = 1_000;

/** Rooms in memory, least recently used first; each session has one at most. */
export class OpenRooms {
  readonly #options: OpenRoomsOptions;
  readonly #rooms = new Map<string, OpenRoom>();
  readonly #opening = new Map<string, Promise<Room>>();
  #sweptAtMs: number;
  #closing = false;

  constructor(options: OpenRoomsOptions) {
    this.#options = options;
    this.#sweptAtMs = options.clock.monotonicMs();
  }

  get count(): number {
    return this.#rooms.size;
  }

  /** The room, if it is in memory. AppError `unavailable` when everything closes. */
  find(sessionId: string): Room | undefined {
    if (this.#closing) {
      throw new AppError('unavailable', 'The service is stopping. Try again.', { retryAfterMs: 1_000 });
    }
    this.#sweep();
    const open = this.#rooms.get(sessionId);
    return open && this.#use(sessionId, open.room);
  }

  async open(sessionId: string): Promise<Room> {
    const open = this.find(sessionId);
    if (open !== undefined) return open;
    let opening = this.#opening.get(sessionId);
    if (opening === undefined) {
      opening = this.#load(sessionId);
      this.#opening.set(sessionId, opening);
    }
    return opening;
  }

  /** Lets go of a room that serves no more. */
  drop(sessionId: string, room: Room): void {
    if (this.#rooms.get(sessionId)?.room === room) this.#rooms.delete(sessionId);
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#opening.values());
    await Promise.all([...this.#rooms.values()].map(({ room }) => room.idle()));
    this.#rooms.clear();
  }

  async #load(sessionId: string): Promise<Room> {
    try {
      return this.#use(sessionId, await this.#options.load(sessionId));
    } finally {
      this.#opening.delete(sessionId);
    }
  }

  #use(sessionId: string, room: Room): Room {
    this.#rooms.delete(sessionId);
    this.#rooms.set(sessionId, { room, usedAtMs: this.#options.clock.monotonicMs() });
    return room;
  }

  /** Lets go of rooms that are idle, and of the least recently used ones while there is too much. */
  #sweep(): void {
    const { clock, limits } = this.#options;
    const nowMs = clock.monotonicMs();
    const crowded = this.#rooms.size > limits.rooms;
    if (!crowded && nowMs - this.#sweptAtMs < sweepEveryMs) return;
    this.#sweptAtMs = nowMs;
    let memory = 0;
    for (const { room } of this.#rooms.values()) memory += room.weight;
    for (const [sessionId, { room, usedAtMs }] of this.#rooms) {
      const idle = nowMs - usedAtMs >= limits.idleMs;
      if (!idle && memory <= limits.memory && this.#rooms.size <= limits.rooms) return;
      if (room.busy) continue;
      memory -= room.weight;
      this.#rooms.delete(sessionId);
    }
  }
}

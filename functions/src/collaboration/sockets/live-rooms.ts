import type { Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Relay } from '../../ports/relay.ts';
import type { LogPosition } from '../../ports/session-log.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { RoomHead, Rooms } from '../rooms/rooms.ts';
import { LiveRoom } from './live-room.ts';
import { NodeFrames } from './node-frames.ts';
import { NodeWatch } from './node-watch.ts';
import type { Broadcaster } from './realtime-link.ts';
import type { BusyUsers } from './room-call.ts';
import { sayToRoom } from './room-line.ts';

/** How often everybody is told where the log stands. */
const headEveryMs = 10_000;

export interface LiveRoomsOptions {
  rooms: Rooms;
  broadcaster: Broadcaster;
  clock: Clock;
  timers: Timers;
  flushMs: number;
  relay: Relay;
  logger: Logger;
  /** Is told who talks in a call, again and again. */
  onActivity(user: Pick<Identity, 'uid' | 'role'>, sessionId: string): void;
  /** Called with who takes part, before a commit is told and at every look at the log. */
  onHead(room: LiveRoom, head: RoomHead): void;
}

/** Whether the others wrote it; where the room is not open nobody has looked for that, so it was written here. */
const isKnownElsewhere = ({ epoch, seq }: RoomHead, room: LiveRoom | undefined): boolean => {
  const known = room?.headElsewhere;
  return known !== undefined && known.epoch === epoch && known.seq >= seq;
};

/** The rooms that somebody is in; one that is empty is forgotten. */
export class LiveRooms {
  readonly #live = new Map<string, LiveRoom>();
  readonly #options: LiveRoomsOptions;
  readonly #reading = new Set<LiveRoom>();
  readonly #nodes: NodeWatch;
  readonly #frames: NodeFrames;
  readonly #stop: (() => void)[];
  readonly #busy: BusyUsers = new Set();

  constructor(options: LiveRoomsOptions) {
    const { rooms, timers, relay } = options;
    this.#options = options;
    this.#nodes = new NodeWatch({ ...options, onDeath: (nodeId) => this.#forgetNode(nodeId) });
    this.#frames = new NodeFrames({
      ...options,
      receive: (frame, nodeId) => {
        this.#nodes.heard(nodeId);
        this.#live.get(frame.sessionId)?.cursors.movedElsewhere(frame);
      },
    });
    this.#stop = [
      rooms.listen((sessionId, head, staff, customers) => {
        const room = this.#live.get(sessionId);
        if (!isKnownElsewhere(head, room)) {
          sayToRoom(relay, sessionId, { kind: 'head', epoch: head.epoch, seq: head.seq });
        }
        if (room === undefined) return;
        // Whoever takes part no more does not hear of it, nor of what came with it.
        options.onHead(room, head);
        room.publish({ head, staff, customers });
      }),
      timers.every(headEveryMs, () => {
        for (const [sessionId, room] of this.#live) {
          room.keepUp();
          for (const user of room.call.talking) options.onActivity(user, sessionId);
          void this.refresh(sessionId);
        }
      }),
      relay.onGap(() => {
        for (const [sessionId, room] of this.#live) {
          room.ask();
          void this.refresh(sessionId);
        }
      }),
      () => this.#nodes.close(),
      () => this.#frames.close(),
    ];
  }

  /** Follows what others wrote to the log, tells where it stands, and looks who still takes part. */
  async refresh(sessionId: string): Promise<void> {
    if (!this.#live.has(sessionId)) return;
    const { rooms, onHead } = this.#options;
    try {
      const head = await rooms.refresh(sessionId);
      const room = this.#live.get(sessionId);
      if (room === undefined) return;
      onHead(room, head);
      room.tellHead(head);
    } catch (error) {
      this.#tellUnread(error, sessionId);
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
      busy: this.#busy,
      sessionId,
      onMoved: (source) => this.#frames.due(source),
      onDeparture: () => this.forgetEmpty(room),
      onHeadElsewhere: () => void this.#readOn(room),
      onNode: (nodeId) => this.#nodes.heard(nodeId),
    });
    this.#live.set(sessionId, room);
    return room;
  }

  forgetEmpty(room: LiveRoom): void {
    if (!room.empty || this.#live.get(room.sessionId) !== room) return;
    room.clear();
    this.#live.delete(room.sessionId);
  }

  /** Follows what another node wrote; what it writes meanwhile is one more look at the log. */
  async #readOn(room: LiveRoom): Promise<void> {
    if (this.#reading.has(room)) return;
    this.#reading.add(room);
    try {
      let followed: LogPosition | undefined;
      while (followed !== room.headElsewhere) {
        followed = room.headElsewhere;
        await this.#options.rooms.refresh(room.sessionId);
      }
    } catch (error) {
      this.#tellUnread(error, room.sessionId);
    } finally {
      this.#reading.delete(room);
    }
  }

  #tellUnread(error: unknown, sessionId: string): void {
    this.#options.logger.warn({ err: error, sessionId }, 'a room could not be refreshed: its sockets stay');
  }

  #forgetNode(nodeId: string): void {
    for (const room of this.#live.values()) room.forgetNode(nodeId);
  }

  close(): void {
    for (const stop of this.#stop) stop();
    for (const room of this.#live.values()) room.clear();
    this.#live.clear();
  }
}

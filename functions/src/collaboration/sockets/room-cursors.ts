import type { Clock } from '../../ports/clock.ts';
import type { Timers } from '../../ports/timers.ts';
import type { EphemeralEvents } from '../../protocol/realtime.ts';
import { CursorFrames, type Drawing, type Frame, LatestOfEach, type Move } from './cursor-frames.ts';
import type { FrameSource, NodeFrame } from './node-frames.ts';
import { audiences, type Broadcaster } from './realtime-link.ts';

type FrameMove = EphemeralEvents['cursor:frame']['moves'][number];

export interface RoomCursorsOptions {
  sessionId: string;
  broadcaster: Broadcaster;
  clock: Clock;
  timers: Timers;
  flushMs: number;
  /** Who is in the session at whatever node, and where that is. */
  presence(): { shared: boolean; nodesElsewhere: Iterable<string>; has(userId: string): boolean };
  /** Called when something has moved here that other nodes are to see. */
  onMoved(source: FrameSource): void;
}

/** Cursors and previews of one session: told to those here in frames, and taken to other nodes. */
export class RoomCursors implements FrameSource {
  readonly sessionId: string;
  readonly #options: RoomCursorsOptions;
  readonly #frames: CursorFrames;
  /** What others are to see at other nodes. */
  readonly #moved = new LatestOfEach();

  constructor(options: RoomCursorsOptions) {
    const { sessionId, clock, timers, flushMs } = options;
    this.sessionId = sessionId;
    this.#options = options;
    this.#frames = new CursorFrames({ clock, timers, flushMs, flush: (frame) => this.#send(frame) });
  }

  /** Somebody here has moved the cursor. */
  move(userId: string, move: Move): void {
    this.#frames.move(userId, move);
    if (!this.#options.presence().shared) return;
    this.#moved.move(userId, move);
    this.#options.onMoved(this);
  }

  /** Somebody here draws. */
  draw(userId: string, drawing: Drawing): void {
    this.#frames.draw(userId, drawing);
    if (!this.#options.presence().shared) return;
    this.#moved.draw(userId, drawing);
    this.#options.onMoved(this);
  }

  nodesElsewhere(): Iterable<string> {
    return this.#options.presence().nodesElsewhere;
  }

  takeMoved(): Frame {
    return this.#moved.take();
  }

  /** At another node something has moved; it joins what moves here. Whoever has left meanwhile does not come back. */
  movedElsewhere({ moves, drawings }: NodeFrame): void {
    const presence = this.#options.presence();
    for (const [userId, move] of moves) if (presence.has(userId)) this.#frames.move(userId, move);
    for (const [userId, drawing] of drawings) if (presence.has(userId)) this.#frames.draw(userId, drawing);
  }

  /** Whoever left moves no more. */
  forget(userId: string): void {
    this.#frames.forget(userId);
    this.#moved.forget(userId);
  }

  clear(): void {
    this.#frames.clear();
    this.#moved.take();
  }

  #send({ moves, drawings }: Frame): void {
    const { sessionId, broadcaster } = this.#options;
    const [frames, singles] = [[audiences.cursors(true, sessionId)], [audiences.cursors(false, sessionId)]];
    if (moves.size > 0) {
      const list = Array.from(moves, ([userId, { x, y, page }]): FrameMove => [userId, x, y, page]);
      broadcaster.emit(frames, { event: 'cursor:frame', payload: { sessionId, moves: list } });
    }
    for (const [userId, move] of moves) {
      broadcaster.emit(singles, { event: 'cursor:moved', payload: { sessionId, userId, ...move } });
    }
    for (const [userId, drawing] of drawings) {
      const payload = { sessionId, userId, ...drawing };
      broadcaster.emit([...frames, ...singles], { event: 'annotation:drawing', payload });
    }
  }
}

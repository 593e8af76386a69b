import type { Clock } from '../../ports/clock.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Participant } from '../../protocol/realtime.ts';
import type { RoomHead, RoomState } from '../rooms/rooms.ts';
import { CursorFrames, type Frame } from './cursor-frames.ts';
import { Presence } from './presence.ts';
import { audiences, type Broadcaster, type OutgoingEvent } from './realtime-link.ts';
import type { Commit, Member } from './room-member.ts';
import { Typing } from './typing.ts';

export interface LiveRoomOptions {
  sessionId: string;
  broadcaster: Broadcaster;
  clock: Clock;
  timers: Timers;
  flushMs: number;
  /** Called when somebody who was awaited back is given up. */
  onDeparture(): void;
}

/** What is alive in a session that somebody has joined: who is here, what they do right now, where the log stands. */
export class LiveRoom {
  readonly sessionId: string;
  readonly presence: Presence;
  readonly typing: Typing;
  readonly cursors: CursorFrames;
  readonly members = new Map<string, Member>();
  readonly #waiting = new Set<Member>();
  readonly #reads = new Map<string, number>();
  readonly #broadcaster: Broadcaster;
  #head: Pick<RoomHead, 'epoch' | 'seq'> | undefined;
  /** The last commit that this room was told of; states that were read may be ahead of it. */
  #heardSeq = -1;

  constructor(options: LiveRoomOptions) {
    const { sessionId, broadcaster, clock, timers, flushMs } = options;
    this.sessionId = sessionId;
    this.#broadcaster = broadcaster;
    this.cursors = new CursorFrames({ clock, timers, flushMs, flush: (frame) => this.#sendFrame(frame) });
    this.typing = new Typing(timers, (userId, typing) => {
      this.#say({ event: typing ? 'typing:start' : 'typing:stop', payload: { sessionId, userId } });
    });
    this.presence = new Presence(timers, {
      joined: (participant) => this.#say({ event: 'user:joined', payload: { sessionId, participant } }),
      changed: (userId, status) =>
        this.#say({ event: 'presence:changed', payload: { sessionId, userId, status } }),
      left: (userId, reason) => {
        this.typing.stop(userId);
        this.cursors.forget(userId);
        this.#reads.delete(userId);
        this.#say({ event: 'user:left', payload: { sessionId, userId, reason } });
        options.onDeparture();
      },
    });
  }

  /** Of the log as it was last heard of. */
  get epoch(): string | undefined {
    return this.#head?.epoch;
  }

  get empty(): boolean {
    return this.members.size === 0 && this.presence.empty;
  }

  /** Takes a connection in; until it is settled it hears nothing, and nothing is lost for it. */
  begin(member: Member): void {
    const { id } = member.connection.link;
    const before = this.members.get(id);
    if (before !== undefined) this.#waiting.delete(before);
    this.members.set(id, member);
    this.#waiting.add(member);
  }

  /** Makes the user present; the others are told when the user is new here. */
  welcome(member: Member, state: RoomState): Participant {
    this.#noteHead(state);
    return this.presence.enter(member.connection.identity, member.connection.link.id);
  }

  /** After the answer to the join: what came meanwhile, and what others have read. */
  settle(member: Member, state: RoomState): void {
    member.settle(state.seq, this.#heardSeq);
    if (!member.waiting) this.#waiting.delete(member);
    const { sessionId } = this;
    for (const [userId, seq] of this.#reads) {
      member.connection.link.emit({ event: 'chat:read', payload: { sessionId, userId, seq } });
    }
  }

  /** Lets a connection go; its user stays while another tab is here, or for the grace time after a `drop`. */
  release(member: Member, how: 'left' | 'gone' | 'drop'): void {
    const { link, identity } = member.connection;
    if (this.members.get(link.id) !== member) return;
    this.members.delete(link.id);
    this.#waiting.delete(member);
    member.leave();
    if (how === 'drop') this.presence.drop(identity.uid, link.id);
    else this.presence.leave(identity.uid, link.id, how);
  }

  /** Tells everybody of a commit, in order, each event written down once for all who may see the same. */
  publish(commit: Commit): void {
    const { sessionId } = this;
    const replaced = this.#head !== undefined && this.#head.epoch !== commit.head.epoch;
    this.#heardSeq = commit.head.seq;
    this.#noteHead(commit.head);
    if (replaced) for (const member of this.members.values()) member.resync();
    const staff = audiences.durable('staff', sessionId);
    const customers = audiences.durable('customers', sessionId);
    for (const [index, event] of commit.staff.entries()) {
      const forCustomers = commit.customers[index];
      const same = forCustomers === event;
      this.#broadcaster.emit(same ? [staff, customers] : [staff], event);
      if (!same && forCustomers !== undefined) this.#broadcaster.emit([customers], forCustomers);
    }
    for (const member of this.#waiting) {
      member.hear(commit);
      if (!member.waiting) this.#waiting.delete(member);
    }
  }

  /** Says where the log stands, so that a lost end is noticed. */
  tellHead(): void {
    const { sessionId } = this;
    const head = this.#head;
    if (head !== undefined) this.#say({ event: 'session:head', payload: { sessionId, ...head } });
  }

  /** Somebody has read up to `seq`; places only move forward. */
  read(userId: string, seq: number): void {
    const upTo = Math.min(seq, this.#head?.seq ?? 0);
    if (upTo <= (this.#reads.get(userId) ?? 0)) return;
    this.#reads.set(userId, upTo);
    this.#say({ event: 'chat:read', payload: { sessionId: this.sessionId, userId, seq: upTo } });
  }

  clear(): void {
    this.typing.clear();
    this.cursors.clear();
    this.presence.clear();
  }

  #noteHead({ epoch, seq }: Pick<RoomHead, 'epoch' | 'seq'>): void {
    if (this.#head?.epoch !== epoch || this.#head.seq < seq) this.#head = { epoch, seq };
  }

  #say(event: OutgoingEvent): void {
    this.#broadcaster.emit(audiences.saidToAll(this.sessionId), event);
  }

  #sendFrame({ moves, drawings }: Frame): void {
    const { sessionId } = this;
    const broadcaster = this.#broadcaster;
    const all = [audiences.cursors(true, sessionId), audiences.cursors(false, sessionId)];
    if (moves.size > 0) {
      const list = [...moves].map(([userId, { x, y, page }]) => [userId, x, y, page] as const);
      broadcaster.emit([audiences.cursors(true, sessionId)], {
        event: 'cursor:frame',
        payload: { sessionId, moves: list.map((move) => [...move]) },
      });
      const single = [audiences.cursors(false, sessionId)];
      for (const [userId, move] of moves) {
        broadcaster.emit(single, { event: 'cursor:moved', payload: { sessionId, userId, ...move } });
      }
    }
    for (const [userId, drawing] of drawings) {
      broadcaster.emit(all, { event: 'annotation:drawing', payload: { sessionId, userId, ...drawing } });
    }
  }
}

import type { Clock } from '../../ports/clock.ts';
import type { Relay } from '../../ports/relay.ts';
import type { LogPosition } from '../../ports/session-log.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Participant } from '../../protocol/realtime.ts';
import type { RoomState } from '../rooms/rooms.ts';
import type { Device } from './call-devices.ts';
import type { FrameSource } from './node-frames.ts';
import { audiences, type Broadcaster, type OutgoingEvent } from './realtime-link.ts';
import type { BusyUsers } from './room-call.ts';
import { RoomCursors } from './room-cursors.ts';
import { openRoomLine, type RoomLine, type RoomMessage } from './room-line.ts';
import type { Commit, Member } from './room-member.ts';
import { RoomPresence } from './room-presence.ts';
import { SharedCall } from './shared-call.ts';
import { Typing } from './typing.ts';

export interface LiveRoomOptions {
  sessionId: string;
  broadcaster: Broadcaster;
  clock: Clock;
  timers: Timers;
  flushMs: number;
  relay: Relay;
  /** Who is in a call that is kept here, in any room. */
  busy: BusyUsers;
  /** Called when something has moved here that others are to see. */
  onMoved(source: FrameSource): void;
  /** Called when somebody who was awaited back is given up. */
  onDeparture(): void;
  /** Another node has written to the log, up to `headElsewhere`. */
  onHeadElsewhere(): void;
  /** Something was heard of another node, which lives therefore. */
  onNode(nodeId: string): void;
}

/** What is alive in a session that somebody has joined: who is here, what they do right now, where the log stands. */
export class LiveRoom {
  readonly sessionId: string;
  readonly presence: RoomPresence;
  readonly typing: Typing;
  readonly cursors: RoomCursors;
  readonly call: SharedCall;
  readonly members = new Map<string, Member>();
  readonly #waiting = new Set<Member>();
  readonly #reads = new Map<string, number>();
  readonly #broadcaster: Broadcaster;
  readonly #options: LiveRoomOptions;
  readonly #line: RoomLine;
  #head: LogPosition | undefined;
  #headElsewhere: LogPosition | undefined;
  /** The last commit that this room was told of; states that were read may be ahead of it. */
  #heardSeq = -1;

  constructor(options: LiveRoomOptions) {
    const { sessionId, broadcaster, clock, timers, relay } = options;
    this.sessionId = sessionId;
    this.#options = options;
    this.#broadcaster = broadcaster;
    this.cursors = new RoomCursors({ ...options, presence: () => this.presence });
    this.typing = new Typing(timers, (userId, typing) => {
      this.#sayTyping(userId, typing);
      this.#tellOthers({ kind: 'typing', userId, typing });
    });
    this.call = new SharedCall({
      ...options,
      nodeId: relay.nodeId,
      devicesHere: () => this.#devices(),
      say: (message) => this.#line.say(message),
      onChange: () => this.#callChanged(),
    });
    this.presence = new RoomPresence({
      clock,
      timers,
      listener: {
        joined: (participant) => this.#say({ event: 'user:joined', payload: { sessionId, participant } }),
        changed: (userId, status) =>
          this.#say({ event: 'presence:changed', payload: { sessionId, userId, status } }),
        left: (userId, reason) => this.#left(userId, reason),
      },
      announce: () => this.#sayHere(),
    });
    this.#line = openRoomLine(relay, sessionId, (message, nodeId) => this.#heard(message, nodeId));
    this.ask();
  }

  /** Of the log as it was last heard of. */
  get epoch(): string | undefined {
    return this.#head?.epoch;
  }

  /** Where the log stood when another node wrote to it last. */
  get headElsewhere(): LogPosition | undefined {
    return this.#headElsewhere;
  }

  get empty(): boolean {
    return this.members.size === 0 && this.presence.empty && !this.call.kept;
  }

  /** Says who is here, and has the other nodes say who is with them. */
  ask(): void {
    this.#sayHere({ asking: true });
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
    this.#sayDevices();
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
    this.call.gone(member.connection, how);
    if (how === 'drop') this.presence.drop(identity.uid, link.id);
    else this.presence.leave(identity.uid, link.id, how);
    this.#sayDevices();
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
      this.#broadcaster.gather(same ? [staff, customers] : [staff], event);
      if (!same && forCustomers !== undefined) this.#broadcaster.gather([customers], forCustomers);
    }
    for (const member of this.#waiting) {
      member.hear(commit);
      if (!member.waiting) this.#waiting.delete(member);
    }
  }

  /** Says where the log stands, so that a lost end is noticed; also one that this room was never told of. */
  tellHead(head: LogPosition): void {
    const { sessionId } = this;
    this.#noteHead(head);
    this.#say({ event: 'session:head', payload: { sessionId, epoch: head.epoch, seq: head.seq } });
  }

  /** Says who is here, for those who have missed it, and gives up nodes that say nothing more. */
  keepUp(): void {
    this.#sayHere();
    this.presence.forgetSilent();
    this.call.forgetSilent();
  }

  /** Another node is dead. */
  forgetNode(nodeId: string): void {
    this.presence.heard(nodeId, [], 'gone');
    this.call.lost(nodeId);
  }

  /** Somebody has read up to `seq`; places only move forward. */
  read(userId: string, seq: number): void {
    const upTo = Math.min(seq, this.#head?.seq ?? 0);
    if (this.#noteRead(userId, upTo)) this.#tellOthers({ kind: 'read', userId, seq: upTo });
  }

  clear(): void {
    this.call.close('left');
    this.typing.clear();
    this.cursors.clear();
    this.presence.clear();
    this.#line.say({ kind: 'here', participants: [], devices: [], keepsCall: false });
    this.#line.hangUp();
  }

  #heard(message: RoomMessage, nodeId: string): void {
    this.#options.onNode(nodeId);
    switch (message.kind) {
      case 'head':
        this.#headElsewhere = { epoch: message.epoch, seq: message.seq };
        this.#options.onHeadElsewhere();
        break;
      case 'here':
        this.presence.heard(nodeId, message.participants, 'left');
        this.call.heard(nodeId, message);
        if (message.asking) this.#sayHere();
        break;
      case 'call-ask':
      case 'call-answer':
      case 'call-tell':
        this.call.receive(message, nodeId);
        break;
      case 'typing':
        this.#sayTyping(message.userId, message.typing);
        break;
      case 'read':
        this.#noteRead(message.userId, message.seq);
    }
  }

  /** Says who is here and with which devices, to whoever has the session open. */
  #sayHere(asking?: { asking: true }): void {
    const participants = this.presence.participantsHere();
    this.#line.say({ kind: 'here', participants, ...this.call.place(), ...asking });
  }

  /** People may have come or gone with a device and still be here. */
  #sayDevices(): void {
    if (this.presence.shared || this.call.shared) this.#sayHere();
  }

  /** A room that everybody else has left is open as long as its call goes on. */
  #callChanged(): void {
    this.#sayDevices();
    if (!this.call.kept) this.#options.onDeparture();
  }

  /** What only the moment needs is told to other nodes only while they have somebody in the session. */
  #tellOthers(message: RoomMessage): void {
    if (this.presence.shared) this.#line.say(message);
  }

  #left(userId: string, reason: 'left' | 'gone'): void {
    const { sessionId } = this;
    this.call.left(userId);
    this.typing.stop(userId);
    this.cursors.forget(userId);
    this.#reads.delete(userId);
    this.#say({ event: 'user:left', payload: { sessionId, userId, reason } });
    this.#options.onDeparture();
  }

  #sayTyping(userId: string, typing: boolean): void {
    const { sessionId } = this;
    this.#say({ event: typing ? 'typing:start' : 'typing:stop', payload: { sessionId, userId } });
  }

  /** Whether that was news. */
  #noteRead(userId: string, seq: number): boolean {
    if (seq <= (this.#reads.get(userId) ?? 0)) return false;
    this.#reads.set(userId, seq);
    this.#say({ event: 'chat:read', payload: { sessionId: this.sessionId, userId, seq } });
    return true;
  }

  *#devices(): Iterable<Device> {
    for (const { joining, connection } of this.members.values()) if (!joining) yield connection;
  }

  #noteHead({ epoch, seq }: LogPosition): void {
    if (this.#head?.epoch !== epoch || this.#head.seq < seq) this.#head = { epoch, seq };
  }

  #say(event: OutgoingEvent): void {
    this.#broadcaster.emit(audiences.saidToAll(this.sessionId), event);
  }
}

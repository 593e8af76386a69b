import type { Identity } from '../../ports/identity.ts';
import type { NamedDurableEvent } from '../../protocol/realtime.ts';
import type { RoomHead } from '../rooms/rooms.ts';
import { audiences, type Link, type Side, sideOf } from './realtime-link.ts';

/** How far a reader is behind: `slow` ones get no cursors, `stopped` ones nothing at all (rule RT11). */
export type Pace = 'well' | 'slow' | 'stopped';

/** What a membership needs of the connection it belongs to. */
export interface MemberConnection {
  readonly link: Link;
  readonly identity: Identity;
  readonly pace: Pace;
  readonly memberships: Map<string, Member>;
}

/** What one commit brought, as each side may see it. */
export interface Commit {
  head: RoomHead;
  staff: readonly NamedDurableEvent[];
  customers: readonly NamedDurableEvent[];
}

/**
 * `joining` waits for its state, `settled` has it but may still be told of what that holds already, `live` hears
 * what everybody hears.
 */
type MemberState = 'joining' | 'settled' | 'live';

/** Events kept for somebody who joins; who misses more is told to begin anew. */
const maximumBufferedEvents = 2_000;

/**
 * A connection in a session. It sees to it that between the state it was given and the events that follow nothing
 * is lost and nothing comes twice (rule RT4).
 */
export class Member {
  readonly connection: MemberConnection;
  readonly sessionId: string;
  readonly side: Side;
  /** One packet a frame instead of one a user. */
  readonly frames: boolean;
  #state: MemberState = 'joining';
  #buffer: Commit[] = [];
  #buffered = 0;
  /** Events up to here are part of the state it was given. */
  #floor = 0;
  #entered: readonly string[] = [];
  /** Fulfilled when it is no longer joining, be it in or out. */
  readonly decided: Promise<void>;
  #decide = () => {};

  constructor(connection: MemberConnection, sessionId: string, frames: boolean) {
    this.decided = new Promise((resolve) => {
      this.#decide = resolve;
    });
    this.connection = connection;
    this.sessionId = sessionId;
    this.side = sideOf(connection.identity.role);
    this.frames = frames;
  }

  get joining(): boolean {
    return this.#state === 'joining';
  }

  /** Whether commits must be handed to it one by one. */
  get waiting(): boolean {
    return this.#state !== 'live';
  }

  /** Hears of a commit that the live ones were told of together. */
  hear(commit: Commit): void {
    if (this.#state === 'joining') {
      this.#buffered += commit.staff.length;
      if (this.#buffered <= maximumBufferedEvents) this.#buffer.push(commit);
      return;
    }
    this.#deliver(commit);
    if (commit.head.seq >= this.#floor) this.#state = 'live';
    this.place();
  }

  /** Has been given the state up to `floor`; `heardSeq` is the last commit that the room was told of. */
  settle(floor: number, heardSeq: number): void {
    this.#floor = floor;
    this.#state = heardSeq >= floor ? 'live' : 'settled';
    for (const commit of this.#buffer) this.#deliver(commit);
    if (this.#buffered > maximumBufferedEvents) this.resync();
    this.#buffer = [];
    this.place();
    this.#decide();
  }

  /** Enters and leaves audiences as its state and its pace demand. */
  place(): void {
    const wanted = this.#wanted();
    const { link } = this.connection;
    for (const audience of this.#entered) if (!wanted.includes(audience)) link.exit(audience);
    for (const audience of wanted) if (!this.#entered.includes(audience)) link.enter(audience);
    this.#entered = wanted;
  }

  resync(): void {
    this.connection.link.emit({ event: 'session:resync', payload: { sessionId: this.sessionId } });
  }

  /** Leaves every audience. */
  leave(): void {
    for (const audience of this.#entered) this.connection.link.exit(audience);
    this.#entered = [];
    this.#decide();
  }

  #wanted(): string[] {
    const { pace } = this.connection;
    if (this.#state === 'joining' || pace === 'stopped') return [];
    const wanted = [audiences.said(this.side, this.sessionId)];
    if (this.#state === 'live') wanted.push(audiences.durable(this.side, this.sessionId));
    if (pace === 'well') wanted.push(audiences.cursors(this.frames, this.sessionId));
    return wanted;
  }

  #deliver(commit: Commit): void {
    if (this.connection.pace === 'stopped') return;
    for (const event of commit[this.side]) {
      if (event.payload.seq > this.#floor) this.connection.link.emit(event);
    }
  }
}

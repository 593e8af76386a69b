import type { Identity, VerifiedToken } from '../../ports/identity.ts';
import { ConnectionRates, type EventRates } from './event-rates.ts';
import type { Link } from './realtime-link.ts';
import type { Member, MemberConnection, Pace } from './room-member.ts';

/** Bytes that wait for a reader, and where they end in all that was ever sent. */
interface Waiting {
  pending: number;
  end: number;
}

const nothing = { bytes: 0, end: 0 };

/** One authenticated connection and what the door knows of it. */
export class Connection implements MemberConnection {
  readonly link: Link;
  readonly rates: ConnectionRates;
  /** The sessions it is in, by id. */
  readonly memberships = new Map<string, Member>();
  identity: Identity;
  token: string;
  /** Wall time in milliseconds since 1970 UTC at which the token ends. */
  expiresAt: number;
  /** The holder was told that the token ends soon. */
  warned = false;
  /** Monotonic time at which the token was last found to hold. */
  checkedAt: number;
  pace: Pace = 'well';
  /** Of a reader who is behind: what it had taken, and the monotonic time, when it was last seen to read. */
  progress: { takenBytes: number; atMs: number } | undefined;
  /** What it has asked for last: so many bytes, up to a place in all that was ever sent. */
  #asked = nothing;
  /** Monotonic time of the last `error` event for a rate. */
  limitToldAt = Number.NEGATIVE_INFINITY;
  closed = false;

  constructor(link: Link, token: string, verified: VerifiedToken, rates: EventRates, nowMs: number) {
    this.link = link;
    this.token = token;
    this.identity = verified.identity;
    this.expiresAt = verified.expiresAt;
    this.rates = new ConnectionRates(rates);
    this.checkedAt = nowMs;
  }

  /** Sends what the reader has asked for. */
  answer(send: () => void): void {
    const before = this.#waiting();
    send();
    const after = this.#waiting();
    this.#asked = { bytes: this.#askedOf(before) + after.end - before.end, end: after.end };
  }

  /** Of so many pending bytes those that were told without being asked for: they show whether the reader keeps up. */
  toldBytes(pending: number): number {
    if (pending === 0) {
      this.#asked = nothing;
      return 0;
    }
    return pending - this.#askedOf({ pending, end: this.link.takenBytes() + pending });
  }

  #waiting(): Waiting {
    const pending = this.link.pendingBytes();
    return { pending, end: this.link.takenBytes() + pending };
  }

  /** What was asked for and is not taken yet. */
  #askedOf({ pending, end }: Waiting): number {
    const behind = end - this.#asked.end;
    return Math.min(this.#asked.bytes, Math.max(0, pending - behind));
  }

  /** Continues with another token of the same user. */
  renew(token: string, verified: VerifiedToken, nowMs: number): void {
    this.token = token;
    this.identity = verified.identity;
    this.expiresAt = verified.expiresAt;
    this.checkedAt = nowMs;
    this.warned = false;
  }
}

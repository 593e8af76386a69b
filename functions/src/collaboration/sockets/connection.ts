import type { Identity, VerifiedToken } from '../../ports/identity.ts';
import { ConnectionRates, type EventRates } from './event-rates.ts';
import type { Link } from './realtime-link.ts';
import type { Member, MemberConnection, Pace } from './room-member.ts';

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
  /** Monotonic time at which it fell behind. */
  slowSince = 0;
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

  /** Continues with another token of the same user. */
  renew(token: string, verified: VerifiedToken, nowMs: number): void {
    this.token = token;
    this.identity = verified.identity;
    this.expiresAt = verified.expiresAt;
    this.checkedAt = nowMs;
    this.warned = false;
  }
}

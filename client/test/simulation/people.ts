import { AppError } from '../../../functions/src/errors/app-error.ts';
import type { Identity, VerifiedToken } from '../../../functions/src/ports/identity.ts';
import { person } from '../../../functions/src/testing/person.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Who takes part in the two sessions of a simulation, and who would like to. */
export const people = {
  anna: person('customer', 'anna'),
  carl: person('customer', 'carl'),
  ben: person('agent', 'ben'),
  gina: person('agent', 'gina'),
  dora: person('admin', 'dora'),
} as const;

interface Issued {
  identity: Identity;
  /** Wall time. */
  expiresAt: number;
  /** Virtual time from which on it holds no more; known of an end by the clock once somebody has looked. */
  endedAt: number | undefined;
}

/** So long after its end a token may still serve a connection: what is remembered and what is looked at again. */
const slowestCutOffMs = 32_000;

const shortestLifeMs = 20_000;
const longestLifeMs = 180_000;

/** Gives tokens out, takes them back and says whether they hold. */
export class Tokens {
  readonly #issued = new Map<string, Issued>();
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  #unsureAt = Number.NEGATIVE_INFINITY;
  /** Probability that nobody can say whether a token holds. */
  failing = 0;

  constructor(time: VirtualTime, chance: Chance) {
    this.#time = time;
    this.#chance = chance;
  }

  issue(identity: Identity): string {
    const token = `${identity.uid}.${this.#issued.size}`;
    const expiresAt = this.#time.wall + this.#chance.whole(shortestLifeMs, longestLifeMs);
    this.#issued.set(token, { identity, expiresAt, endedAt: undefined });
    return token;
  }

  /** Ends every token that the user has now. */
  revoke(uid: string): void {
    for (const issued of this.#issued.values()) if (issued.identity.uid === uid) this.#end(issued);
  }

  verify(token: string): VerifiedToken {
    if (this.#chance.happens(this.failing)) {
      this.#unsureAt = this.#time.now;
      throw new AppError('unavailable', 'Nobody can say.');
    }
    const issued = this.#issued.get(token);
    if (issued === undefined || !this.#holds(issued))
      throw new AppError('not_authenticated', 'The token does not hold.');
    return { identity: issued.identity, expiresAt: issued.expiresAt };
  }

  /** Whether a connection with this token may still be told something. */
  mayHear(token: string): boolean {
    const issued = this.#issued.get(token);
    if (issued === undefined) return false;
    if (this.#holds(issued)) return true;
    const since = Math.max(issued.endedAt ?? 0, this.#unsureAt);
    return this.#time.now - since <= slowestCutOffMs;
  }

  #holds(issued: Issued): boolean {
    if (issued.expiresAt <= this.#time.wall) this.#end(issued);
    return issued.endedAt === undefined;
  }

  #end(issued: Issued): void {
    issued.endedAt ??= this.#time.now;
  }
}

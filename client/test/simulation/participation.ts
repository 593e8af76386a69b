import type { Identity } from '../../../functions/src/ports/identity.ts';

/** An agent has the session from one entry of its log up to another, which takes it away. */
interface Period {
  agentId: string;
  until: number;
}

/** Who takes part in which session, and until when. */
export class Participation {
  readonly #customers = new Map<string, string>();
  readonly #periods = new Map<string, Period[]>();

  open(sessionId: string, customerId: string, agentId: string): void {
    this.#customers.set(sessionId, customerId);
    this.#periods.set(sessionId, [{ agentId, until: Number.POSITIVE_INFINITY }]);
  }

  get sessionIds(): string[] {
    return [...this.#customers.keys()];
  }

  customerOf(sessionId: string): string {
    return this.#customers.get(sessionId) ?? '';
  }

  /** The entry at `seq` takes the session away from whoever has it, and it goes to another agent. */
  handOver(sessionId: string, seq: number, agentId: string): void {
    const periods = this.#periods.get(sessionId) ?? [];
    const last = periods.at(-1);
    if (last !== undefined) last.until = seq;
    periods.push({ agentId, until: Number.POSITIVE_INFINITY });
  }

  /** Whether the user may know of the entry at `seq`: takes part just after it, or does so later. */
  mayKnow({ role, uid }: Identity, sessionId: string, seq: number): boolean {
    if (role === 'admin') return true;
    if (role === 'customer') return this.#customers.get(sessionId) === uid;
    return (this.#periods.get(sessionId) ?? []).some(({ agentId, until }) => agentId === uid && until > seq);
  }

  takesPart(user: Identity, sessionId: string): boolean {
    return this.mayKnow(user, sessionId, Number.MAX_SAFE_INTEGER);
  }

  /** Whether the session was ever theirs. */
  everTookPart(user: Identity, sessionId: string): boolean {
    return this.mayKnow(user, sessionId, -1);
  }
}

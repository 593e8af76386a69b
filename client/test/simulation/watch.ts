import type { SessionLogEntry } from '../../../functions/src/ports/records.ts';

/** What was committed to the log of one session, as the store itself has said. */
interface Committed {
  head: number;
  operations: Map<string, number>;
}

const keptSteps = 400;

/** Sees all that happens, keeps the last steps of it, and the first thing that must not be. */
export class Watch {
  readonly #committed = new Map<string, Committed>();
  readonly #steps: string[] = [];
  readonly #now: () => number;
  problem: string | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  get steps(): readonly string[] {
    return this.#steps;
  }

  step(text: string): void {
    this.#steps.push(`${String(Math.round(this.#now())).padStart(7)} ${text}`);
    if (this.#steps.length > 2 * keptSteps) this.#steps.splice(0, keptSteps);
  }

  /** Something that must not be has happened. */
  fail(problem: string): void {
    this.step(`FAILED ${problem}`);
    this.problem ??= problem;
  }

  ensure(holds: boolean, problem: () => string): void {
    if (!holds) this.fail(problem());
  }

  committed(entries: readonly SessionLogEntry[]): void {
    for (const { sessionId, seq, operation } of entries) {
      const known = this.#of(sessionId);
      known.head = Math.max(known.head, seq);
      if (operation === undefined) continue;
      if (known.operations.has(operation)) this.fail(`${operation} was committed twice, again at ${seq}`);
      known.operations.set(operation, seq);
    }
  }

  head(sessionId: string): number {
    return this.#of(sessionId).head;
  }

  /** Where the operation stands in the log; undefined when it is not there. */
  placeOf(sessionId: string, operation: string): number | undefined {
    return this.#of(sessionId).operations.get(operation);
  }

  #of(sessionId: string): Committed {
    const known = this.#committed.get(sessionId) ?? { head: 0, operations: new Map() };
    this.#committed.set(sessionId, known);
    return known;
  }
}

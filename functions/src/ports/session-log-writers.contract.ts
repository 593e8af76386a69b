import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSession } from '../testing/support-session.ts';
import type { SessionLogEntry } from './records.ts';
import type { LoggedRecordStore } from './session-log.ts';
import {
  annotation,
  appendAt,
  at,
  epoch,
  type LogUnderTest,
  mark,
  message,
  readAll,
  seqsOf,
  upTo,
} from './session-log-samples.contract.ts';

/** Appends as a room does: only from a head up to which it knows every entry, and each operation once. */
class Writer {
  readonly #store: LoggedRecordStore;
  readonly #sessionId: string;
  readonly #known = new Map<string, number>();
  #head = 0;

  constructor(store: LoggedRecordStore, sessionId: string) {
    this.#store = store;
    this.#sessionId = sessionId;
  }

  /** Gives each operation the place at which it stands at last. */
  async apply(operations: readonly string[]): Promise<(number | undefined)[]> {
    for (;;) {
      const missing = operations.filter((operation) => !this.#known.has(operation));
      if (missing.length === 0) return operations.map((operation) => this.#known.get(operation));
      await this.#try(missing);
    }
  }

  async #try(operations: readonly string[]): Promise<void> {
    const sessionId = this.#sessionId;
    const [first, entries] = [
      this.#head + 1,
      operations.map((operation) => mark(`${sessionId}-${operation}`, { operation })),
    ];
    const changes = (writer: Parameters<NonNullable<ReturnType<typeof appendAt>['changes']>>[0]): void => {
      for (const [index, { subjectId = '' }] of entries.entries()) {
        writer.create('annotations', annotation(subjectId, first + index, { sessionId }));
      }
    };
    const outcome = await this.#store.log.append(appendAt(this.#head, entries, { sessionId, changes }));
    if (outcome.outcome === 'appended') this.#learn(outcome.entries);
    else this.#learn((await this.#store.log.read(sessionId, this.#head, 1000)).entries);
  }

  #learn(entries: readonly SessionLogEntry[]): void {
    for (const { seq, operation } of entries) {
      // What another call of this writer learnt meanwhile may be read twice.
      if (operation !== undefined) this.#known.set(operation, seq);
      this.#head = Math.max(this.#head, seq);
    }
  }
}

/** Hands the session on, as a transfer does: a counter in the session's record, and an entry. */
const handOver = (store: LoggedRecordStore, sessionId: string): Promise<void> =>
  store.transaction(async (transaction) => {
    const session = await transaction.get('supportSessions', sessionId);
    if (session === undefined) throw new Error('the session is gone');
    transaction.put('supportSessions', { ...session, handovers: session.handovers + 1 });
    await transaction.append(sessionId, at, [message('', { kind: 'transferred' })]);
  });

/** What one node does, step by step; an operation may have been sent to the other node, too. */
type Step = { operations: readonly number[] } | 'hand-over';

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ operations: fc.uniqueArray(fc.nat(25), { minLength: 1, maxLength: 5 }) }),
    },
    { weight: 1, arbitrary: fc.constant<Step>('hand-over') },
  ),
  { maxLength: 10 },
);

const run = async (store: LoggedRecordStore, sessionId: string, plan: readonly Step[]): Promise<void> => {
  const writer = new Writer(store, sessionId);
  for (const step of plan) {
    if (step === 'hand-over') await handOver(store, sessionId);
    else await writer.apply(step.operations.map((operation) => `op-${operation}/customer-1`));
  }
};

export const writersOfLogs = (subject: LogUnderTest, generated: number): void => {
  describe('several writers of one session', () => {
    it('[RT1] [RT3] keep its places without gaps and each operation once, whatever their steps', async () => {
      const [store, other] = [subject.store(), await subject.another()];
      let round = 0;
      const property = fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 4 }), async (plans) => {
        round += 1;
        const sessionId = `session-${round}`;
        await store.write((writer) =>
          writer.create('supportSessions', sampleSession({ id: sessionId, epoch, handovers: 0 })),
        );
        await Promise.all(plans.map((plan, index) => run(index % 2 ? other : store, sessionId, plan)));

        const all = plans.flat();
        const wanted = new Set(all.flatMap((step) => (step === 'hand-over' ? [] : step.operations)));
        const handovers = all.filter((step) => step === 'hand-over').length;
        const entries = await readAll(store, sessionId);
        expect(seqsOf(entries)).toEqual(upTo(wanted.size + handovers));
        const operations = entries.flatMap(({ operation }) => operation ?? []).sort();
        expect(operations).toEqual([...wanted].map((operation) => `op-${operation}/customer-1`).sort());
        const snapshot = await other.log.snapshot(sessionId, 10);
        expect(snapshot?.session.handovers).toBe(handovers);
        const marks = entries.filter(({ kind }) => kind === 'annotation:added');
        const kept = snapshot?.annotations.map(({ id, seq }) => [id, seq]);
        expect(kept).toEqual(marks.map(({ subjectId, seq }) => [subjectId, seq]));
      });
      await fc.assert(property, { seed: 20261122, numRuns: generated });
      await other.close();
    });
  });
};

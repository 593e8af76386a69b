import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSession } from '../testing/support-session.ts';
import type { LoggedRecordStore } from './session-log.ts';
import {
  at,
  epoch,
  type LogUnderTest,
  message,
  readAll,
  seqsOf,
  upTo,
} from './session-log-samples.contract.ts';
import { LogWriter } from './session-log-writer.contract.ts';

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
  const writer = new LogWriter(store, sessionId);
  for (const step of plan) {
    if (step === 'hand-over') await handOver(store, sessionId);
    else await writer.apply(step.operations.map((operation) => `op-${operation}/customer-1`));
  }
};

export const writersOfLogs = (subject: LogUnderTest, generated: number): void => {
  describe('several writers of one session', () => {
    it('[RT1] [RT3] keep its places without gaps and each operation once, whatever their steps', {
      timeout: 60_000,
    }, async () => {
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

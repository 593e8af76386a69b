import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RecordStore } from '../../ports/record-store.ts';
import { openSampleDocumentation } from '../../testing/sample-documentation.ts';
import { sampleFactReport } from '../../testing/sample-facts.ts';
import { openTestFirestore } from '../../testing/test-firestore.ts';

const openStore = async (): Promise<RecordStore> => {
  const { store, dispose } = await openTestFirestore();
  onTestFinished(dispose);
  return store;
};

/** Documents of a repository whose facts say this much more. */
const documentationOf = (store: RecordStore, detail: string) => {
  const facts = sampleFactReport.facts.map((fact, index) =>
    index === 0 ? { ...fact, details: [detail] } : fact,
  );
  const readFacts = async () => ({ ...sampleFactReport, facts });
  return openSampleDocumentation({ store, readFacts, training: { apply: async () => [] } }).documentation;
};

const generate = async (documentation: ReturnType<typeof documentationOf>) => {
  const generated = await documentation.generate({ repository: 'shop', audience: 'everyone' });
  if (!('job' in generated)) throw new Error('there was such a document');
  return { made: await generated.job.ended, job: generated.job.view() };
};

describe('a document that is larger than a record of Firestore', () => {
  it('[DO20] is kept packed, and is the same when it is read', async () => {
    const store = await openStore();
    const detail = 'The same is said again and again. '.repeat(60_000);
    const { made, job } = await generate(documentationOf(store, detail));
    expect(job.status).toBe('done');
    const stored = await store.get('documentation', made?.id ?? '');
    expect(stored).toEqual(made);
    expect(stored?.document.facts.flatMap(({ details }) => details)).toContain(detail);
  });

  it('[DO20] that packing does not help ends the job with what to do', async () => {
    const store = await openStore();
    const hashes = Array.from({ length: 40_000 }, (_, index) =>
      createHash('sha256').update(`${index}`).digest('hex'),
    );
    const { made, job } = await generate(documentationOf(store, hashes.join(' ')));
    expect(made).toBeUndefined();
    expect(job).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('choose a shorter range'),
    });
    expect(
      (await store.list('documentation', { orderBy: 'createdAt', direction: 'descending', limit: 10 })).items,
    ).toEqual([]);
  });
});

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { DocumentGuide } from '../../ports/records.ts';
import type { Fact, FactAudience } from '../../protocol/facts.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { sampleFactReport } from '../../testing/sample-facts.ts';
import { factId } from '../facts/fact.ts';
import { writeDocument } from '../writers/local-writer.ts';
import { completeGuides } from './complete-guides.ts';
import { createDocumentLibrary, type DocumentKey, type DocumentLibrary } from './document-library.ts';

const clock = createManualClock();
const document = writeDocument(sampleFactReport);

const keyOf = (to: string): DocumentKey => ({
  repository: 'shop',
  to,
  audience: 'everyone',
  engineVersion: 'local-1',
});

const [fix] = sampleFactReport.facts.filter(({ kind }) => kind === 'bug-fix');
if (fix === undefined) throw new Error('the sample has no fix');

const feature: Fact = {
  ...fix,
  id: factId({ kind: 'feature', subject: 'gift cards' }),
  kind: 'feature',
  subject: 'gift cards',
  name: 'Pay with gift cards.',
  statement: 'Pay with gift cards.',
};

/** All of the sample and one feature, written for `audience`. */
const writtenFor = (audience: FactAudience) =>
  writeDocument({
    ...sampleFactReport,
    facts: [feature, ...sampleFactReport.facts].map((fact) => ({ ...fact, audiences: [audience] })),
  });

describe('what users may read of a document', () => {
  let store: RecordStore;
  let library: DocumentLibrary;

  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
    onTestFinished(() => store.close());
    library = createDocumentLibrary({ store, clock });
  });

  const keepDocument = async (made = document, to = 'commit-1'): Promise<DocumentGuide> => {
    const { stored } = await library.keep(keyOf(to), made, 'published');
    const guide = await store.get('documentGuides', stored.id);
    if (guide === undefined) throw new Error('the document has no guide');
    return guide;
  };

  it('[DO19] is kept with it: title, version, and sentences of its part for users alone', async () => {
    const made = writtenFor('user');
    const { userDocumentation } = made;
    const guide = await keepDocument(made);
    expect(guide).toMatchObject({ repository: 'shop', title: userDocumentation.title, version: 'v1.1.0' });
    expect(new Set(guide.passages.map(({ section }) => section))).toEqual(
      new Set(['overview', 'steps', 'tips']),
    );
    for (const { section, text, facts } of guide.passages) {
      expect(userDocumentation[section]).toContainEqual(expect.objectContaining({ text, facts }));
    }
    const facts = new Set(made.facts.map(({ id }) => id));
    expect(guide.passages.every((passage) => passage.facts.every((id) => facts.has(id)))).toBe(true);
  });

  it('[DO19] leaves out the sentence that counts features', async () => {
    const { overview } = writtenFor('user').userDocumentation;
    expect(overview[0]?.text).toMatch(/^There (is|are) /);
    const guide = await keepDocument(writtenFor('user'));
    expect(guide.passages.some(({ text }) => /^There (is|are) /.test(text))).toBe(false);
    expect(guide.passages.filter(({ section }) => section === 'overview')).toHaveLength(overview.length - 1);
  });

  it('[DO19] names every fact that users hear of, also what one was called before', async () => {
    const renamed = sampleFactReport.facts.find(({ change }) => change === 'renamed');
    if (renamed?.previousName === undefined) throw new Error('the sample has no renamed fact');
    const before = factId({ kind: renamed.kind, subject: renamed.previousName });
    const guide = await keepDocument(writtenFor('user'));
    expect(guide.told).toContain(renamed.id);
    expect(guide.told).toContain(before);
    const others = writtenFor('developer');
    expect((await keepDocument(others, 'commit-2')).told).toEqual([]);
  });

  it('[DO19] is withdrawn with it, and comes back when the range is documented again', async () => {
    const { id } = await keepDocument();
    await library.withdraw(id);
    expect(await store.get('documentation', id)).toBeUndefined();
    expect(await store.get('documentGuides', id)).toBeUndefined();
    await expect(library.withdraw(id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await keepDocument()).id).toBe(id);
  });

  it('[DO19] is made for documents that were kept before there was such a thing', async () => {
    const made = new Map<string, DocumentGuide>();
    for (let commit = 0; commit < 12; commit += 1) {
      clock.advance(1_000);
      const guide = await keepDocument(document, `commit-${commit}`);
      made.set(guide.id, guide);
    }
    await store.write((writer) => {
      for (const id of made.keys()) writer.delete('documentGuides', id);
    });
    await completeGuides(store);
    for (const [id, guide] of made) expect(await store.get('documentGuides', id)).toEqual(guide);
    await store.write((writer) => writer.delete('documentGuides', [...made.keys()].at(-1) ?? ''));
    await completeGuides(store);
    expect(
      (await store.list('documentGuides', { orderBy: 'createdAt', direction: 'ascending', limit: 50 })).items,
    ).toHaveLength(11);
  });
});

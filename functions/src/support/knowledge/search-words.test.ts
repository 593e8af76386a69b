import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createKnowledgeIndex } from './knowledge-index.ts';
import { searchQuery, searchTermsIn } from './search-words.ts';

const fillers = (count: number): string[] => Array.from({ length: count }, (_, index) => `filler${index}`);

describe('what is searched for', () => {
  it('[RO9] is a short text as it is', () => {
    const text = 'Bleed, bleed, and again bleed!';
    expect(searchQuery(text)).toBe(text);
  });

  it('[RO9] is a hundred different words of a long text, however often they stand there', () => {
    expect(searchQuery([...fillers(99), ...fillers(99), 'bleed', 'crop'].join(' ')).split(' ')).toEqual([
      ...fillers(99),
      'bleed',
    ]);
  });

  it('[RO9] is no word that is longer than words are', () => {
    expect([...searchTermsIn(`crop ${'x'.repeat(65)} ${'ß'.repeat(9_000)}`)]).toEqual(['crop']);
    expect(searchTermsIn('x'.repeat(64)).size).toBe(1);
  });

  it('[RO9] is looked for in the index', async () => {
    const store = await openSqliteStore({ file: ':memory:' });
    const index = createKnowledgeIndex({ store, clock: createManualClock() });
    const article = {
      title: 'Bleed',
      body: 'Bleed is cut away.',
      category: 'technical',
      tags: [],
      keywords: [],
    } as const;
    const kept = {
      ...article,
      id: 'bleed',
      revision: 1,
      updatedAt: '2026-01-31T09:30:00.000Z',
      updatedBy: 'a',
    };
    await store.write((writer) => writer.create('articles', { ...kept, tags: [], keywords: [] }));
    const found = async (count: number) =>
      (await index.search([...fillers(count), 'bleed'].join(' '), 5)).length;
    expect([await found(99), await found(100)]).toEqual([1, 0]);
    await store.close();
  });
});

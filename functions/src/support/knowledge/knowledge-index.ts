import { setImmediate as nextTurn } from 'node:timers/promises';
import MiniSearch from 'minisearch';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import { wordsOf } from '../text-folding.ts';
import { type KnowledgeItem, type SearchedText, searchedText, stateOf } from './knowledge-item.ts';
import { type IndexedItem, indexedItem, type KnowledgeMatch, matchJudge } from './knowledge-match.ts';
import { readKnowledge } from './read-knowledge.ts';
import { searchQuery, searchTerm, searchTermsIn } from './search-words.ts';

/** Full-text search over articles and documentation, in this process, the same on every engine (rule RO9). */
export interface KnowledgeIndex {
  /** Best matches first, of one kind when it is named. What another process changed is seen within 30 s. */
  search(text: string, most: number, kind?: KnowledgeItem['kind']): Promise<KnowledgeMatch[]>;
  /** Has the next search read everything anew. */
  changed(): void;
}

const staleAfterMs = 30_000;
const addedAtOnce = 50;
const shortestPrefix = 4;
const shortestFuzzy = 6;

const createSearch = (): MiniSearch<KnowledgeItem> =>
  new MiniSearch<KnowledgeItem>({
    idField: 'key',
    fields: ['title', 'keywords', 'tags', 'body', 'sentences'],
    extractField: (item, field) => {
      if (field === 'key') return item.key;
      const value = searchedText(item)[field as keyof SearchedText];
      return typeof value === 'object' ? value.join(' ') : (value ?? '');
    },
    tokenize: wordsOf,
    processTerm: (word) => searchTerm(word) ?? null,
    searchOptions: {
      boost: { keywords: 3, title: 3, tags: 1.5, body: 1, sentences: 3 },
      // A word that a text says twice is looked for once: saying it again makes no article fit better.
      tokenize: (text) => [...searchTermsIn(text)],
      processTerm: (term) => term,
      prefix: (term) => term.length >= shortestPrefix,
      fuzzy: (term) => (term.length >= shortestFuzzy ? 0.2 : false),
      weights: { prefix: 0.3, fuzzy: 0.25 },
    },
  });

export const createKnowledgeIndex = (options: { store: RecordStore; clock: Clock }): KnowledgeIndex => {
  const { store, clock } = options;
  const search = createSearch();
  const known = new Map<string, IndexedItem>();
  let freshUntil = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const remove = (key: string): void => {
    known.delete(key);
    search.discard(key);
  };

  /** Touches only what has changed: that is seldom much, and indexing is the dear part. */
  const bringUpToDate = async (): Promise<void> => {
    freshUntil = clock.monotonicMs() + staleAfterMs;
    const items = await readKnowledge(store);
    for (const [key, { item }] of known) {
      const now = items.get(key);
      if (now === undefined || stateOf(now) !== stateOf(item)) remove(key);
    }
    for (const [key, item] of items) {
      if (known.has(key)) continue;
      search.add(item);
      known.set(key, indexedItem(item));
      // Thousands of them after a start: others have their turn in between.
      if (known.size % addedAtOnce === 0) await nextTurn();
    }
  };

  const refresh = (): Promise<void> => {
    reading = bringUpToDate()
      .catch((error: unknown) => {
        freshUntil = Number.NEGATIVE_INFINITY;
        throw error;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  const settle = async (): Promise<void> => {
    while (reading !== undefined || clock.monotonicMs() >= freshUntil) await (reading ?? refresh());
  };

  return {
    changed: () => {
      freshUntil = Number.NEGATIVE_INFINITY;
    },
    search: async (text, most, kind) => {
      await settle();
      const query = searchQuery(text);
      const judge = matchJudge(query, known);
      return search
        .search(query, { filter: ({ id }) => kind === undefined || known.get(id)?.item.kind === kind })
        .slice(0, most)
        .flatMap(({ id, score }) => {
          const found = known.get(id);
          return found === undefined ? [] : [judge(found, score)];
        });
    },
  };
};

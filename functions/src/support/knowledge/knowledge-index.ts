import MiniSearch from 'minisearch';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Article } from '../../ports/records.ts';
import { wordsOf } from '../text-folding.ts';
import { type ArticleMatch, type IndexedArticle, indexedArticle, matchJudge } from './article-match.ts';
import { searchTerm } from './search-words.ts';

/** Full-text search over the articles, in this process, the same on every engine (rule RO9). */
export interface ArticleIndex {
  /** Best matches first. What another process changed is seen within 30 s. */
  search(text: string, most: number): Promise<ArticleMatch[]>;
  /** Has the next search read the articles anew. */
  changed(): void;
}

const staleAfterMs = 30_000;
const pageSize = 200;
const shortestPrefix = 4;
const shortestFuzzy = 6;

const createSearch = (): MiniSearch<Article> =>
  new MiniSearch<Article>({
    fields: ['title', 'keywords', 'tags', 'body'],
    extractField: (article, field) => {
      const value = article[field as 'id' | 'title' | 'body' | 'tags' | 'keywords'];
      return Array.isArray(value) ? value.join(' ') : value;
    },
    tokenize: wordsOf,
    processTerm: (word) => searchTerm(word) ?? null,
    searchOptions: {
      boost: { keywords: 3, title: 3, tags: 1.5, body: 1 },
      prefix: (term) => term.length >= shortestPrefix,
      fuzzy: (term) => (term.length >= shortestFuzzy ? 0.2 : false),
      weights: { prefix: 0.3, fuzzy: 0.25 },
    },
  });

export const createArticleIndex = ({ store, clock }: { store: RecordStore; clock: Clock }): ArticleIndex => {
  const search = createSearch();
  const known = new Map<string, IndexedArticle>();
  let freshUntil = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const readAll = async (): Promise<Map<string, Article>> => {
    const articles = new Map<string, Article>();
    let cursor: string | undefined;
    do {
      const query = { orderBy: 'updatedAt', direction: 'descending', limit: pageSize, cursor } as const;
      const page = await store.list('articles', query);
      for (const article of page.items) articles.set(article.id, article);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return articles;
  };

  const remove = (id: string): void => {
    known.delete(id);
    search.discard(id);
  };

  /** Touches only what has changed: articles change seldom, and indexing is the dear part. */
  const bringUpToDate = async (): Promise<void> => {
    const until = clock.monotonicMs() + staleAfterMs;
    freshUntil = until;
    const articles = await readAll();
    for (const [id, { article }] of known) {
      if (articles.get(id)?.revision !== article.revision) remove(id);
    }
    for (const [id, article] of articles) {
      if (known.has(id)) continue;
      search.add(article);
      known.set(id, indexedArticle(article));
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
    search: async (text, most) => {
      await settle();
      const judge = matchJudge(text, known);
      return search
        .search(text)
        .slice(0, most)
        .flatMap(({ id, score }) => {
          const found = known.get(id);
          return found === undefined ? [] : [judge(found, score)];
        });
    },
  };
};

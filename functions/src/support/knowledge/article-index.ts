import MiniSearch from 'minisearch';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Article } from '../../ports/records.ts';
import { foldText, searchTerm, searchTermsIn, splitWords } from './search-words.ts';

/** An article that matches a text, with what tells how well. */
export interface ArticleMatch {
  article: Article;
  /** Rank score of the search library (BM25+ with boosts); comparable within one search only. */
  score: number;
  /** Share of the text's telling words (weighed by rarity) that the article holds as they are, 0..1. */
  coverage: number;
  /** Words in the longest of the article's keywords that stands in the text. */
  keywordWords: number;
}

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
    tokenize: splitWords,
    processTerm: (word) => searchTerm(word) ?? null,
    searchOptions: {
      boost: { keywords: 3, title: 3, tags: 1.5, body: 1 },
      prefix: (term) => term.length >= shortestPrefix,
      fuzzy: (term) => (term.length >= shortestFuzzy ? 0.2 : false),
      weights: { prefix: 0.3, fuzzy: 0.25 },
    },
  });

/** What is kept of an indexed article for judging its matches. */
interface Indexed {
  article: Article;
  terms: ReadonlySet<string>;
  keywords: readonly string[];
}

const spaced = (text: string): string => ` ${splitWords(foldText(text)).join(' ')} `;

const indexed = (article: Article): Indexed => {
  const { title, body, tags, keywords } = article;
  return {
    article,
    terms: searchTermsIn([title, body, ...tags, ...keywords].join(' ')),
    keywords: keywords.map(spaced),
  };
};

/** Rarity of a term among the articles; one that none of them holds is the rarest. */
const rarity = (known: ReadonlyMap<string, Indexed>, term: string): number => {
  let holders = 0;
  for (const { terms } of known.values()) if (terms.has(term)) holders += 1;
  return Math.log(1 + known.size / (1 + holders));
};

const coverageOf = (rarities: ReadonlyMap<string, number>, terms: ReadonlySet<string>): number => {
  let all = 0;
  let held = 0;
  for (const [term, weight] of rarities) {
    all += weight;
    if (terms.has(term)) held += weight;
  }
  return all === 0 ? 0 : held / all;
};

const longestKeyword = (keywords: readonly string[], text: string): number =>
  keywords.reduce((longest, keyword) => {
    if (!text.includes(keyword)) return longest;
    return Math.max(longest, keyword.trim().split(' ').length);
  }, 0);

export const createArticleIndex = ({ store, clock }: { store: RecordStore; clock: Clock }): ArticleIndex => {
  const search = createSearch();
  const known = new Map<string, Indexed>();
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
      known.set(id, indexed(article));
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
      const rarities = new Map([...searchTermsIn(text)].map((term) => [term, rarity(known, term)]));
      const folded = spaced(text);
      return search
        .search(text)
        .slice(0, most)
        .flatMap(({ id, score }) => {
          const found = known.get(id);
          if (found === undefined) return [];
          const { article, terms, keywords } = found;
          return [
            {
              article,
              score,
              coverage: coverageOf(rarities, terms),
              keywordWords: longestKeyword(keywords, folded),
            },
          ];
        });
    },
  };
};

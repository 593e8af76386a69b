import type { Article } from '../../ports/records.ts';
import { spacedWords } from '../text-folding.ts';
import { searchTermsIn } from './search-words.ts';

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

/** What is kept of an indexed article for judging its matches. */
export interface IndexedArticle {
  article: Article;
  terms: ReadonlySet<string>;
  keywords: readonly string[];
}

export const indexedArticle = (article: Article): IndexedArticle => {
  const { title, body, tags, keywords } = article;
  return {
    article,
    terms: searchTermsIn([title, body, ...tags, ...keywords].join(' ')),
    keywords: keywords.map(spacedWords),
  };
};

/** Rarity of a term among the articles; one that none of them holds is the rarest. */
const rarity = (known: ReadonlyMap<string, IndexedArticle>, term: string): number => {
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

/** Judges how well articles match one text. */
export const matchJudge = (text: string, known: ReadonlyMap<string, IndexedArticle>) => {
  const rarities = new Map([...searchTermsIn(text)].map((term) => [term, rarity(known, term)]));
  const folded = spacedWords(text);
  return ({ article, terms, keywords }: IndexedArticle, score: number): ArticleMatch => ({
    article,
    score,
    coverage: coverageOf(rarities, terms),
    keywordWords: longestKeyword(keywords, folded),
  });
};

import { spacedWords } from '../text-folding.ts';
import { type KnowledgeItem, searchedText } from './knowledge-item.ts';
import { searchTermsIn } from './search-words.ts';

/** What matches a text, with what tells how well. */
export interface KnowledgeMatch {
  item: KnowledgeItem;
  /** Rank score of the search library (BM25+ with boosts); comparable within one search only. */
  score: number;
  /** Share of the text's telling words (weighed by rarity) that the item holds as they are, 0..1. */
  coverage: number;
  /** Words in the longest of an article's keywords that stands in the text; documents have none. */
  keywordWords: number;
}

/** What is kept of an indexed item for judging its matches. */
export interface IndexedItem {
  item: KnowledgeItem;
  terms: ReadonlySet<string>;
  keywords: readonly string[];
}

export const indexedItem = (item: KnowledgeItem): IndexedItem => {
  const { title = '', body = '', tags = [], keywords = [], sentences = [] } = searchedText(item);
  return {
    item,
    terms: searchTermsIn([title, body, ...tags, ...keywords, ...sentences].join(' ')),
    keywords: keywords.map(spacedWords),
  };
};

/** Rarity of a term among what is known; one that none of them holds is the rarest. */
const rarity = (known: ReadonlyMap<string, IndexedItem>, term: string): number => {
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

/** Judges how well items match one text. */
export const matchJudge = (text: string, known: ReadonlyMap<string, IndexedItem>) => {
  const rarities = new Map([...searchTermsIn(text)].map((term) => [term, rarity(known, term)]));
  const folded = spacedWords(text);
  return ({ item, terms, keywords }: IndexedItem, score: number): KnowledgeMatch => ({
    item,
    score,
    coverage: coverageOf(rarities, terms),
    keywordWords: longestKeyword(keywords, folded),
  });
};

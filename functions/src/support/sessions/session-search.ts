import { foldText, wordsOf } from '../text-folding.ts';

const digit = /\p{N}/u;
const longestTerm = 40;
const mostTerms = 200;

/** Words of texts as they are searched: folded, two letters or a digit at least, each once. */
export const searchTermsOf = (...texts: readonly (string | undefined)[]): string[] => {
  const words = wordsOf(foldText(texts.filter((text) => text !== undefined).join(' ')));
  const telling = words.filter((word) => word.length >= 2 || digit.test(word));
  return [...new Set(telling.map((word) => word.slice(0, longestTerm)))].slice(0, mostTerms);
};

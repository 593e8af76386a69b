import { foldText, wordsOf } from '../text-folding.ts';
import { stopWords } from './stop-words.ts';

/** A stem that joins the common forms of a word: "files" and "file", "exporting" and "export". */
const stemmed = (folded: string): string => {
  if (folded.length < 5 || /\d/.test(folded)) return folded.length === 4 ? folded.replace(/s$/, '') : folded;
  return folded
    .replace(/(?:ing|edly|ed)$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?:es|s|e|n)$/, '');
};

/** Longer ones are no words of any language, and dear to compare. */
const longestTerm = 64;

/** The term under which a word is found, or undefined for one that says nothing. */
export const searchTerm = (rawWord: string): string | undefined => {
  const folded = foldText(rawWord);
  const says = folded.length >= 2 && folded.length <= longestTerm && !stopWords.has(folded);
  return says ? stemmed(folded) : undefined;
};

/** Each word that is looked for costs a look through all that are known, so a long text may not ask for each. */
const mostWords = 100;

/** What is searched for of a text: all of it, or the first different words of a long one. */
export const searchQuery = (text: string): string => {
  const words = wordsOf(text);
  return words.length <= mostWords ? text : [...new Set(words)].slice(0, mostWords).join(' ');
};

/** The distinct terms of a text. */
export const searchTermsIn = (text: string): Set<string> =>
  new Set(wordsOf(text).flatMap((each) => searchTerm(each) ?? []));

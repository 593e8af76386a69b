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

/** The term under which a word is found, or undefined for one that says nothing. */
export const searchTerm = (rawWord: string): string | undefined => {
  const folded = foldText(rawWord);
  return folded.length < 2 || stopWords.has(folded) ? undefined : stemmed(folded);
};

/** The distinct terms of a text. */
export const searchTermsIn = (text: string): Set<string> =>
  new Set(wordsOf(text).flatMap((each) => searchTerm(each) ?? []));

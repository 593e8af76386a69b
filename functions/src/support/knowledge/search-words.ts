import { stopWords } from './stop-words.ts';

const marks = /\p{M}/gu;
const word = /[\p{L}\p{N}]+/gu;

/** Lower case without accents, so that one spelling finds the other. */
export const foldText = (text: string): string =>
  text.normalize('NFD').replace(marks, '').replace(/[’`´]/g, "'").toLowerCase().replaceAll('ß', 'ss');

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

export const splitWords = (text: string): string[] => text.match(word) ?? [];

/** The distinct terms of a text. */
export const searchTermsIn = (text: string): Set<string> =>
  new Set(splitWords(text).flatMap((each) => searchTerm(each) ?? []));

const marks = /\p{M}/gu;
const quotes = /[’`´]/g;

/** Lower case without accents and with plain apostrophes, so that one spelling of a word is enough. */
export const foldText = (text: string): string =>
  text.normalize('NFD').replace(marks, '').replace(quotes, "'").toLowerCase();

const wordPattern = /[\p{L}\p{N}]+/gu;

/** The words of a folded text in order. */
export const wordsOf = (folded: string): string[] => folded.match(wordPattern) ?? [];

/** A crude stem, good enough to match "profile" with "profiles" and "settings" with "setting". */
export const stemOf = (word: string): string =>
  word.length > 4 ? word.replace(/(?:ies|es|s|e)$/, '').replace(/ing$/, '') : word;

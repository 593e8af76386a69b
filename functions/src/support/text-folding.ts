const marks = /\p{M}/gu;
const apostrophes = /[’`´]/g;

/** Lower case without accents and with plain apostrophes, so that one spelling of a word finds every other. */
export const foldText = (text: string): string =>
  text.replace(apostrophes, "'").normalize('NFKD').replace(marks, '').toLowerCase().replaceAll('ß', 'ss');

const word = /[\p{L}\p{N}]+/gu;

/** The words and numbers of a text in order. */
export const wordsOf = (text: string): string[] => text.match(word) ?? [];

/** The folded words with a space around each, so that a phrase is found in it as a whole only. */
export const spacedWords = (text: string): string => ` ${wordsOf(foldText(text)).join(' ')} `;

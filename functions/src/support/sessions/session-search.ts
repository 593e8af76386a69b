const digit = /\p{N}/u;
const longestTerm = 40;
const mostTerms = 200;

/** Words of a text as they are searched: lower case, accents aside, two letters or a digit at least, each once. */
export const searchTermsOf = (...texts: readonly (string | undefined)[]): string[] => {
  const folded = texts
    .filter((text) => text !== undefined)
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  const words = folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 2 || digit.test(word));
  return [...new Set(words.map((word) => word.slice(0, longestTerm)))].slice(0, mostTerms);
};

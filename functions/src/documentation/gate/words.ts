import type { Evidence } from './evidence.ts';
import { isPlainWord, stemOf } from './plain-words.ts';

/** Shorter words are those of grammar. */
const shortestWord = 4;

/** The words of a text, and those that a name is made of: `placeOrder` holds place and order. */
const wordsIn = (text: string): string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');

/** Words of a sentence that neither its facts nor plain English account for. */
export const unsupportedWords = (prose: string, { before, after, neutral, facts }: Evidence): string[] => {
  const differences = facts.flatMap((fact) => fact.differences);
  const known = new Set([...before, ...after, ...neutral, ...differences].flatMap(wordsIn).map(stemOf));
  return wordsIn(prose).filter(
    (word) => word.length >= shortestWord && !isPlainWord(word) && !known.has(stemOf(word)),
  );
};

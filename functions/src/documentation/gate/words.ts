import type { Evidence } from './evidence.ts';
import { isPlainWord, stemOf } from './plain-words.ts';

/** A letter by itself says nothing. */
const shortestWord = 2;

/** The words of a text, and those that a name is made of: `placeOrder` holds place and order. */
const wordsIn = (text: string): string[] => {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const isAscii = !/[\u0080-\uffff]/.test(words);
  return words.split(isAscii ? /[^a-z]+/ : /[^\p{L}]+/u).filter((word) => word !== '');
};

const isClaim = (word: string): boolean => word.length >= shortestWord && !isPlainWord(word);

/** What may account for a word: first what people wrote, which most sentences repeat. */
const sources: readonly ((evidence: Evidence) => readonly string[])[] = [
  ({ statements }) => statements,
  ({ before }) => before,
  ({ after }) => after,
  ({ neutral }) => neutral,
  ({ facts }) => facts.flatMap((fact) => fact.differences),
];

/** Words of a sentence that neither its facts nor plain English account for. */
export const unsupportedWords = (prose: string, evidence: Evidence): string[] => {
  let missing = wordsIn(prose).filter(isClaim);
  for (const source of sources) {
    if (missing.length === 0) return [];
    const known = new Set(source(evidence).flatMap(wordsIn).map(stemOf));
    missing = missing.filter((word) => !known.has(stemOf(word)));
  }
  return missing;
};

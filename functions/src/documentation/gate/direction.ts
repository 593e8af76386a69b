import type { Clause } from './clauses.ts';

/** On which side of the change a clause places a name. */
export type Side = 'before' | 'after' | 'either';

export interface Directions {
  /** Side of each name of the clause. */
  sides: Side[];
  /** Names, by their places, of which the second one is said to have taken the place of the first. */
  pairs: [before: number, after: number][];
  /** The clause says that something came. */
  comes: boolean;
  /** The clause says that something went. */
  goes: boolean;
}

const name = '⟦(\\d+)⟧';
const was = '(?:is|are|was|were|has been|have been)';

/** Sentences about two names: the first pattern's groups are before and after, the second's the reverse. */
const beforeThenAfter = [
  `from ${name} to ${name}`,
  `${name} (?:${was} )?renamed to ${name}`,
  `${name} (?:is|are) now ${name}`,
  `${name} ${was} replaced (?:by|with) ${name}`,
  `${name} (?:changed|moved|turned|went) (?:in)?to ${name}`,
  `${name} (?:became|becomes) ${name}`,
  `${name} is called ${name} now`,
].map((pattern) => new RegExp(pattern, 'gi'));

const afterThenBefore = [
  `${name} (?:by default )?instead of ${name}`,
  `${name} (?:replaces|replaced) ${name}`,
  `${name} in place of ${name}`,
].map((pattern) => new RegExp(pattern, 'gi'));

/** A single name that is said to be of the past. */
const formerly = [
  `(?:formerly|previously|used to be|was called|were called) ${name}`,
  `that read ${name}`,
].map((pattern) => new RegExp(pattern, 'gi'));

const comesWords =
  /\b(new|now has|now shows?|now supported|there (?:is|are) now|add(?:s|ed)?|introduc(?:e|es|ed)|brings?|gains?|gained|appears?)\b/i;
const goesWords =
  /\b(remov(?:e|es|ed|al)|gone|delet(?:e|es|ed)|drop(?:s|ped)?|no longer|does not exist|do not exist|any ?more|ceases?|disappear(?:s|ed)?|left|taken (?:out|away)|ends?|ended|stop(?:s|ped)?|do(?:es)? without|went (?!from\b))\b/i;

/** A clause that speaks of how it was. */
const pastWords =
  /\b(was|were|had|returned|formerly|previously|earlier|until now|so far|in the past)\b|\bbefore(?=[.!?]*$)|^before,/i;

/** Takes what the patterns find out of the words, and gives the places of the names in it to `note`. */
const takeOut = (
  words: string,
  patterns: readonly RegExp[],
  note: (one: number, other: number) => void,
): string =>
  patterns.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (_, one: string, other: string) => {
        note(Number(one), Number(other));
        return ' ';
      }),
    words,
  );

/** Which side of the change each name of a clause is said to be on. */
export const directionsOf = ({ names, words }: Clause): Directions => {
  const sides: Side[] = names.map(() => 'either');
  const pairs: Directions['pairs'] = [];
  const pair = (before: number, after: number): void => {
    pairs.push([before, after]);
    sides[before] = 'before';
    sides[after] = 'after';
  };
  const single = takeOut(takeOut(words, beforeThenAfter, pair), afterThenBefore, (after, before) =>
    pair(before, after),
  );
  const rest = takeOut(single, formerly, (before) => {
    sides[before] = 'before';
  });
  const comes = comesWords.test(rest);
  const goes = goesWords.test(rest);
  const isPast = goes || (!comes && pastWords.test(rest));
  const side: Side = comes === isPast ? 'either' : comes ? 'after' : 'before';
  const decided = sides.map((known, index) =>
    known === 'either' && rest.includes(`⟦${index}⟧`) ? side : known,
  );
  return { sides: decided, pairs, comes, goes };
};

export const saysComes = (text: string): boolean => comesWords.test(text);
export const saysGoes = (text: string): boolean => goesWords.test(text);

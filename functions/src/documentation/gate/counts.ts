import type { Fact } from '../../protocol/facts.ts';

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const numberWord = new RegExp(`\\b(${numberWords.slice(2).join('|')}|ten|eleven|twelve)\\b`, 'gi');
/** "One" is a pronoun more often than a number. */
const oneThing = /\b(one) (?=new feature|improvement|fix\b)/gi;

const anyNumber = /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/i;

/** Numbers that are written as words. */
export const numberWordsIn = (text: string): number[] => (anyNumber.test(text) ? numbersIn(text) : []);

const numbersIn = (text: string): number[] =>
  [...text.matchAll(numberWord), ...text.matchAll(oneThing)].map(([, word = '']) => {
    const at = numberWords.indexOf(word.toLowerCase());
    return at === -1 ? 10 + ['ten', 'eleven', 'twelve'].indexOf(word.toLowerCase()) : at;
  });

/** Numbers that counting the facts gives: all of them, and those of each kind and change. */
export const countsOf = (facts: readonly Fact[]): ReadonlySet<number> => {
  const counts = new Map<string, number>();
  for (const { kind, change } of facts) {
    for (const key of [kind, change, `${kind} ${change}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([facts.length, ...counts.values()]);
};

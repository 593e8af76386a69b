import type { Fact } from '../../protocol/facts.ts';
import { capitalised } from '../capitalised.ts';
import { placedBehind } from './change-sentences.ts';
import { nameOf, nounsOf, rewordedText } from './fact-names.ts';
import { code, quote } from './plain-text.ts';
import type { DraftQuestion } from './quiz-options.ts';

const startsWithVowel = /^[aeiou]/;

/**
 * What is so and what is not, in words that stay true until the fact changes: nobody who reads a question years
 * later knows what was new then.
 */
const presence = (fact: Fact): [so: string, notSo: string] => {
  const [noun] = nounsOf(fact);
  const named = `${noun} ${nameOf(fact)}${placedBehind(fact)}`;
  const there = `There is ${startsWithVowel.test(noun) ? 'an' : 'a'} ${named}.`;
  const gone = `${capitalised(`the ${named}`)} does not exist any more.`;
  return fact.change === 'added' ? [there, gone] : [gone, there];
};

/** The same with what was and what is exchanged. */
const replacement = (fact: Fact): [so: string, notSo: string] | undefined => {
  const { previousName } = fact;
  const [noun] = nounsOf(fact);
  const texts = rewordedText(fact);
  if (texts) {
    const { before, after } = texts;
    const say = (now: string, then: string) =>
      `In ${code(after.component)} the ${noun} reads ${quote(now)} instead of ${quote(then)}.`;
    return [say(after.text, before.text), say(before.text, after.text)];
  }
  if (fact.change !== 'renamed' || previousName === undefined) return undefined;
  const say = (now: string, then: string) => `${capitalised(noun)} ${code(now)} replaces ${code(then)}.`;
  return [say(fact.name, previousName), say(previousName, fact.name)];
};

/** A statement to judge; half of them are true, and which ones follows from the facts' ids. */
export const statement = (fact: Fact): DraftQuestion | undefined => {
  // Nobody has to know by heart what else is installed.
  if (fact.kind === 'dependency') return undefined;
  const isPresence = fact.change === 'added' || fact.change === 'removed';
  const statements = isPresence ? presence(fact) : replacement(fact);
  if (statements === undefined) return undefined;
  const truth = Number.parseInt(fact.id.slice(0, 2), 16) % 2 === 0;
  const [right, wrong] = truth ? ['True', 'False'] : ['False', 'True'];
  return {
    kind: 'true-false',
    question: `True or false? ${statements[truth ? 0 : 1]}`,
    right: [right],
    wrong: [wrong],
    fact,
  };
};

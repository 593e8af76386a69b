import type { Fact } from '../../protocol/facts.ts';
import { changeSentence, placedBehind } from './change-sentences.ts';
import { defaultOf } from './descriptions.ts';
import { nameOf, nounsOf, rewordedText } from './fact-names.ts';
import { code, quote } from './plain-text.ts';
import { alike, asLikely, type DraftQuestion, ofOthers } from './quiz-options.ts';

export const newName = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  if (fact.change !== 'renamed' || fact.previousName === undefined) return undefined;
  const right = code(fact.name);
  const wrong = ofOthers(facts, fact, (other) =>
    nounsOf(other)[0] === nounsOf(fact)[0] ? [code(other.name)] : [],
  );
  return {
    kind: 'choice',
    question: `What is the ${nounsOf(fact)[0]} ${code(fact.previousName)}${placedBehind(fact)} called now?`,
    right: [right],
    wrong: asLikely(alike(wrong, right), right, fact.previousName),
    fact,
  };
};

export const defaultValue = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const value = defaultOf(fact.after);
  if (value === undefined) return undefined;
  const earlier = defaultOf(fact.before);
  const offered = ofOthers(facts, fact, (other) => [defaultOf(other.after) ?? value]);
  const wrong = offered.filter((other) => other !== value).map(code);
  const right = code(value);
  const isTold = changeSentence(fact).includes(right);
  return {
    kind: 'choice',
    question: `What is the default of the ${nounsOf(fact)[0]} ${nameOf(fact)}${placedBehind(fact)}?`,
    right: [right],
    wrong: [...(earlier === undefined || earlier === value ? [] : [code(earlier)]), ...alike(wrong, right)],
    fact,
    ...(isTold ? {} : { reason: `Its default is ${right}.` }),
  };
};

/** What has changed is worth more than what stayed. */
export const newDefault = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined =>
  fact.change === 'changed' && defaultOf(fact.before) !== defaultOf(fact.after)
    ? defaultValue(fact, facts)
    : undefined;

export const newText = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const texts = rewordedText(fact);
  if (texts === undefined) return undefined;
  const { before, after } = texts;
  const [noun] = nounsOf(fact);
  const right = quote(after.text);
  const shown = (isSame: boolean) =>
    ofOthers(facts, fact, (other) =>
      other.after?.type === 'text' &&
      other.after.text !== before.text &&
      (nounsOf(other)[0] === noun) === isSame
        ? [quote(other.after.text)]
        : [],
    );
  return {
    kind: 'choice',
    question: `What does the ${noun} in ${code(after.component)} that read ${quote(before.text)} read now?`,
    right: [right],
    wrong: asLikely([...alike(shown(true), right), ...alike(shown(false), right)], right, before.text),
    fact,
  };
};

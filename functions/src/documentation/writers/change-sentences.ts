import type { Fact } from '../../protocol/facts.ts';
import { capitalised } from '../capitalised.ts';
import { explanationOf } from './descriptions.ts';
import { isEngine, nameOf, nounsOf, placeOf, rewordedText } from './fact-names.ts';
import { code, plainText, quote } from './plain-text.ts';
import { vary } from './vary.ts';

/** Behind a name: where it belongs, when the name alone does not say it. */
export const placedBehind = (fact: Fact): string => {
  const place = fact.kind === 'api' ? undefined : placeOf(fact);
  const preposition = fact.kind === 'flag' ? 'of' : 'in';
  return place === undefined ? '' : ` ${preposition} ${place}`;
};

const subjectOf = (fact: Fact): string => `the ${nounsOf(fact)[0]} ${nameOf(fact)}${placedBehind(fact)}`;

const added = (fact: Fact): string => {
  if (fact.after?.type === 'dependency' && isEngine(fact))
    return `${placeOf(fact) ?? 'It'} needs ${nameOf(fact)} ${code(fact.after.range)}.`;
  const subject = subjectOf(fact);
  const range = fact.after?.type === 'dependency' ? ` with the range ${code(fact.after.range)}` : '';
  const sentence = vary(fact.id, [
    `${capitalised(subject)} is new${range}.`,
    `New is ${subject}${range}.`,
    `There is now ${subject}${range}.`,
  ]);
  return `${sentence}${explanationOf(fact.after)}`;
};

const removed = (fact: Fact): string => {
  const subject = subjectOf(fact);
  return vary(fact.id, [
    `${capitalised(subject)} was removed.`,
    `${capitalised(subject)} is gone.`,
    `${capitalised(subject)} does not exist any more.`,
  ]);
};

/** Differences that a sentence can hold. */
const maximumDifferences = 6;

const differencesOf = ({ differences }: Fact): string =>
  differences.map(plainText).slice(0, maximumDifferences).join('; ');

/** What another name makes different anyway. */
const isOfName = (difference: string, { name }: Fact): boolean =>
  /^(path|method|usage) is /.test(difference) ||
  (difference.startsWith('it is `') && difference.includes(name));

const renamed = (fact: Fact): string => {
  const [noun] = nounsOf(fact);
  const [before, after] = [code(fact.previousName ?? fact.name), code(fact.name)];
  const differences = fact.differences.filter((difference) => !isOfName(difference, fact));
  const more = differences.length === 0 ? '' : ` and has changed: ${differencesOf({ ...fact, differences })}`;
  return vary(fact.id, [
    `The ${noun} ${before} was renamed to ${after}${more}.`,
    `The ${noun} ${before} is now ${after}${more}.`,
    `${capitalised(noun)} ${after} replaces ${before}${more}.`,
  ]);
};

const changed = (fact: Fact): string => {
  const { before, after } = fact;
  const texts = rewordedText(fact);
  if (texts) {
    const [noun] = nounsOf(fact);
    return `In ${code(texts.after.component)} the ${noun} reads ${quote(texts.after.text)} instead of ${quote(texts.before.text)}.`;
  }
  if (before?.type === 'dependency' && after?.type === 'dependency')
    return `${capitalised(subjectOf(fact))} went from ${code(before.range)} to ${code(after.range)}.`;
  const differences = differencesOf(fact);
  return `${capitalised(subjectOf(fact))} has changed${differences === '' ? '' : `: ${differences}`}.`;
};

/** A content fact as a sentence, or two when its code explains itself. */
export const changeSentence = (fact: Fact): string => {
  const write = { added, removed, renamed, changed, stated: () => '' }[fact.change];
  return write(fact);
};

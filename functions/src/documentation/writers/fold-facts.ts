import type { Sentence } from '../../protocol/documentation.ts';
import type { Fact } from '../../protocol/facts.ts';
import { capitalised } from '../capitalised.ts';
import { listed } from '../listed.ts';
import { changeSentence } from './change-sentences.ts';
import { explanationOf } from './descriptions.ts';
import { areaOf, isEngine, nameOf, nounsOf, placeOf } from './fact-names.ts';

/** Names that one sentence can list and still be read. */
const namesInSentence = 8;

const isFoldable = (fact: Fact): boolean =>
  (fact.change === 'added' || fact.change === 'removed') && !fact.breaking && !isEngine(fact);

const groupKey = (fact: Fact): string =>
  JSON.stringify([fact.kind, fact.change, nounsOf(fact)[1], placeOf(fact) ?? '', fact.scope ?? '']);

const groupFacts = (facts: readonly Fact[]): Fact[][] => {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = isFoldable(fact) ? groupKey(fact) : fact.id;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()];
};

const chunked = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

const foldedText = (facts: readonly Fact[], first: Fact): string => {
  const [, nouns] = nounsOf(first);
  const place = placeOf(first);
  const names = listed(facts.map(nameOf));
  if (first.kind === 'ui-text' && place !== undefined)
    return first.change === 'added'
      ? `${place} now shows the ${nouns} ${names}.`
      : `${place} no longer shows the ${nouns} ${names}.`;
  const of = place === undefined ? '' : ` of ${place}`;
  return first.change === 'added'
    ? `${capitalised(names)} are new ${nouns}${of}.`
    : `The ${nouns} ${names}${of} were removed.`;
};

const sentenceOf = (facts: readonly Fact[], text: string, area: string): Sentence => ({
  text,
  facts: facts.map(({ id }) => id),
  area,
});

const foldGroup = (group: readonly Fact[]): Sentence[] =>
  chunked(group, namesInSentence).flatMap((facts) => {
    const [first] = facts;
    if (first === undefined) return [];
    const text = facts.length === 1 ? changeSentence(first) : foldedText(facts, first);
    return [sentenceOf(facts, text, areaOf(first))];
  });

/** Things of one sort that explain themselves are told one by one from this many on, under a heading. */
const longList = 4;

const isExplained = (fact: Fact): boolean =>
  isFoldable(fact) && fact.change === 'added' && explanationOf(fact.after) !== '';

const explained = (group: readonly Fact[]): Sentence[] =>
  group.map((fact) => {
    const [, nouns] = nounsOf(fact);
    const place = fact.kind === 'flag' ? placeOf(fact) : undefined;
    const name = place === undefined ? nameOf(fact) : `${nameOf(fact)} of ${place}`;
    return sentenceOf([fact], `${name}:${explanationOf(fact.after)}`, `New ${nouns}`);
  });

/** Content facts as sentences in their order; small ones of the same sort share a sentence. */
export const foldFacts = (facts: readonly Fact[]): Sentence[] => groupFacts(facts).flatMap(foldGroup);

/** The same for readers who want to know each thing: what explains itself is not folded. */
export const listFacts = (facts: readonly Fact[]): Sentence[] =>
  groupFacts(facts).flatMap((group) => {
    const told = group.filter(isExplained);
    if (told.length < longList) return foldGroup(group);
    return [...explained(told), ...foldGroup(group.filter((fact) => !isExplained(fact)))];
  });

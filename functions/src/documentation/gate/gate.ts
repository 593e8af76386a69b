import type { Fact, FactRange } from '../../protocol/facts.ts';
import { unsupportedClaims } from './claims.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { numberWordsIn } from './counts.ts';
import { directionsOf, saysComes, saysGoes } from './direction.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { nameObjections, pairObjections } from './name-objections.ts';
import type { Objection, Said } from './objection.ts';
import { occurs, occursInParts } from './occurs.ts';
import { repeatsMessage } from './repeats-message.ts';
import { scopesOf } from './scopes.ts';
import { unsupportedWords } from './words.ts';

/** Some name that is on one side of the change only, so that saying it came or went means something. */
const isOnlyOn = (names: readonly string[], one: readonly string[], other: readonly string[]): boolean =>
  names.some((name) => occursInParts(name, one) && !occursInParts(name, other));

/** `colour` is gone as a parameter, though the new signature has it too: a difference that was found says so. */
const isDifference = (
  names: readonly string[],
  { facts }: Evidence,
  says: (difference: string) => boolean,
): boolean =>
  facts.some(({ differences }) =>
    differences.some((difference) => says(difference) && names.some((name) => occurs(name, [difference]))),
  );

const mayCome = ({ clause }: Said, evidence: Evidence): boolean =>
  isAboutCounts(clause) ||
  isOnlyOn(clause.names, evidence.after, evidence.before) ||
  isDifference(clause.names, evidence, saysComes) ||
  saysComes(evidence.statements.join(' '));

const mayGo = ({ clause }: Said, evidence: Evidence): boolean =>
  isOnlyOn(clause.names, evidence.before, evidence.after) ||
  isDifference(clause.names, evidence, saysGoes) ||
  saysGoes(evidence.statements.join(' '));

/**
 * That something came or went must be so of what the clause names, or have been said by the message. Where all of it
 * only came, or only went, it must be so of each.
 */
const directionObjections = (said: Said, all: Evidence): Objection[] => {
  const { comes, goes } = said.directions;
  const subjects = comes === goes ? [] : said.scope.ofName.filter((some) => some.length > 0);
  const evidences = [said.scope.facts, ...subjects].map((some) => all.of(some));
  const fails = (may: (said: Said, evidence: Evidence) => boolean) =>
    !evidences.every((one) => may(said, one));
  return [
    ...(comes && fails(mayCome) ? [objection('comes')] : []),
    ...(goes && fails(mayGo) ? [objection('goes')] : []),
  ];
};

const objection = (name: string): Objection => ({ kind: 'wrong-direction', name });

/** "There are two new features" counts messages and claims no name. */
const isAboutCounts = ({ names, words }: Clause): boolean =>
  names.every((name) => /^\d+$/.test(name)) && /\b(features?|improvements?|fix|fixes)\b/.test(words);

const countObjections = (text: string, evidence: Evidence): Objection[] => {
  const numbers = numberWordsIn(text);
  if (numbers.length === 0) return [];
  const said = evidence.statements.join(' ');
  return numbers
    .filter((count) => !evidence.counts.has(count) && !numberWordsIn(said).includes(count))
    .map((count): Objection => ({ kind: 'wrong-count', name: String(count) }));
};

const claimObjections = ({ clause, directions, scope }: Said, all: Evidence): Objection[] =>
  unsupportedClaims(clause, all.of(scope.facts), directions.goes).map((name) => ({
    kind: 'unsupported-claim',
    name,
  }));

/** Words outside of names. */
const proseOf = (clauses: readonly Clause[]): string =>
  clauses.map(({ words }) => words.replace(/⟦\d+⟧/g, ' ')).join(' ');

/** What a text says beyond the evidence. */
export const objectionsIn = (text: string, evidence: Evidence): Objection[] => {
  const clauses = clausesOf(text);
  const scopes = scopesOf(clauses, evidence.facts);
  const said = clauses.flatMap((clause, index): Said[] => {
    const scope = scopes[index];
    return scope ? [{ clause, directions: directionsOf(clause), scope }] : [];
  });
  return [
    ...said.flatMap((part) => nameObjections(part, evidence)),
    ...said.flatMap((part) => pairObjections(part, evidence)),
    ...said.flatMap((part) => directionObjections(part, evidence)),
    ...said.flatMap((part) => claimObjections(part, evidence)),
    ...countObjections(text, evidence),
    ...unsupportedWords(proseOf(clauses), evidence).map(
      (name): Objection => ({ kind: 'unsupported-word', name }),
    ),
  ];
};

/**
 * What a sentence says beyond its facts: names, flags, routes, numbers and versions that are not in them, or are
 * on the other side of the change; comings and goings that did not happen; counts that do not add up; words that
 * neither the facts nor plain English account for; denials, demands and generalities that nothing says. Empty: it
 * may be said (rule DO3).
 */
export const objectionsTo = (text: string, facts: readonly Fact[], range?: FactRange): Objection[] =>
  repeatsMessage(text, facts) ? [] : objectionsIn(text, evidenceOf(facts, range));

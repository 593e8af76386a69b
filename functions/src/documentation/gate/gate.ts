import type { Fact, FactRange } from '../../protocol/facts.ts';
import { unsupportedClaims } from './claims.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { numberWordsIn } from './counts.ts';
import { type Directions, directionsOf, type Side, saysComes, saysGoes } from './direction.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { isOneOf, occurs, occursInParts } from './occurs.ts';
import { repeatsMessage } from './repeats-message.ts';
import { unsupportedWords } from './words.ts';

/** Why a sentence may not be said. */
export interface Objection {
  kind:
    | 'unsupported-name'
    | 'wrong-side'
    | 'wrong-direction'
    | 'wrong-count'
    | 'wrong-answer'
    | 'unsupported-word'
    | 'unsupported-claim';
  /** The name or word it is about. */
  name: string;
}

const textsOn = ({ before, after, neutral }: Evidence, side: Side): string[] => {
  if (side === 'before') return [...before, ...neutral];
  return side === 'after' ? [...after, ...neutral] : [...before, ...after, ...neutral];
};

/** What is gone may only be told as such: "use `--all`" is said of an option that is there. */
const isOnlyPast = (name: string, { before, after, neutral }: Evidence): boolean => {
  if (occursInParts(name, neutral)) return false;
  const isReplaced = isOneOf(name, before) && !isOneOf(name, after);
  return isReplaced || (occursInParts(name, before) && !occursInParts(name, after));
};

/** "Save" stands in "Save order" too: a name that is all of what was or is said on one side belongs there. */
const belongsOnOther = (name: string, evidence: Evidence, side: Side): boolean => {
  if (side === 'either') return isOnlyPast(name, evidence);
  const { before, after } = evidence;
  const [own, other] = side === 'before' ? [before, after] : [after, before];
  return isOneOf(name, other) && !isOneOf(name, own);
};

const isCount = (name: string, evidence: Evidence): boolean =>
  /^\d+$/.test(name) && evidence.counts.has(Number(name));

const nameObjections = (clause: Clause, { sides }: Directions, evidence: Evidence): Objection[] =>
  clause.names.flatMap((name, index): Objection[] => {
    if (isCount(name, evidence)) return [];
    if (!occursInParts(name, textsOn(evidence, 'either'))) return [{ kind: 'unsupported-name', name }];
    const side = sides[index] ?? 'either';
    const fits = occursInParts(name, textsOn(evidence, side)) && !belongsOnOther(name, evidence, side);
    return fits ? [] : [{ kind: 'wrong-side', name }];
  });

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

/** That something came or went must be so of a name in the clause, or have been said by the message. */
const directionObjections = (
  clause: Clause,
  { comes, goes }: Directions,
  evidence: Evidence,
): Objection[] => {
  const { names } = clause;
  const mayCome = () =>
    isAboutCounts(clause) ||
    isOnlyOn(names, evidence.after, evidence.before) ||
    isDifference(names, evidence, saysComes) ||
    saysComes(evidence.statements.join(' '));
  const mayGo = () =>
    isOnlyOn(names, evidence.before, evidence.after) ||
    isDifference(names, evidence, saysGoes) ||
    saysGoes(evidence.statements.join(' '));
  return [
    ...(comes && !mayCome() ? [objection('comes')] : []),
    ...(goes && !mayGo() ? [objection('goes')] : []),
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

const claimObjections = (clause: Clause, { goes }: Directions, evidence: Evidence): Objection[] =>
  unsupportedClaims(clause, evidence, goes).map((name) => ({ kind: 'unsupported-claim', name }));

/** Words outside of names. */
const proseOf = (clauses: readonly Clause[]): string =>
  clauses.map(({ words }) => words.replace(/⟦\d+⟧/g, ' ')).join(' ');

/** What a text says beyond the evidence. */
export const objectionsIn = (text: string, evidence: Evidence): Objection[] => {
  const clauses = clausesOf(text);
  const directed = clauses.map((clause) => ({ clause, directions: directionsOf(clause) }));
  return [
    ...directed.flatMap(({ clause, directions }) => nameObjections(clause, directions, evidence)),
    ...directed.flatMap(({ clause, directions }) => directionObjections(clause, directions, evidence)),
    ...directed.flatMap(({ clause, directions }) => claimObjections(clause, directions, evidence)),
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

import type { FactMember, FactSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import { listed } from '../listed.ts';
import { changeSentence } from './change-sentences.ts';
import { isIdentifier } from './code-examples.ts';
import { descriptionOf } from './descriptions.ts';
import { nameOf, nounsOf, placeOf } from './fact-names.ts';
import { code } from './plain-text.ts';
import { alike, asLikely, type DraftQuestion, ofOthers } from './quiz-options.ts';

const membersOf = (side: FactSide | undefined): FactMember[] => {
  if (side?.type === 'api' || side?.type === 'route') return side.parameters;
  return side?.type === 'component' ? side.properties : [];
};

export const neededVersion = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const { before, after } = fact;
  const isAsked = after?.type === 'dependency' && (fact.change === 'changed' || after.group === 'engines');
  if (!isAsked) return undefined;
  const wrong = ofOthers(facts, fact, ({ after: other }) =>
    other?.type === 'dependency' && other.range !== after.range ? [code(other.range)] : [],
  );
  const earlier = before?.type === 'dependency' && before.range !== after.range ? [code(before.range)] : [];
  const right = code(after.range);
  const by = placeOf(fact);
  const question = `Which version of ${nameOf(fact)} ${by === undefined ? 'is needed' : `does ${by} need`} now?`;
  return { kind: 'choice', question, right: [right], wrong: [...earlier, ...alike(wrong, right)], fact };
};

const namesOf = (members: readonly FactMember[]): string[] =>
  members.flatMap(({ name }) => (isIdentifier(name) ? [code(name)] : []));

const plainType = /^(?:string|number|boolean|bigint|Buffer|Date)?(?:\[\])?$/;

/** What was given before and is not any more, unless it may have gone into an object that is given now. */
const formerNames = ({ before, after }: Fact): string[] =>
  membersOf(after).every(({ type = '' }) => plainType.test(type)) ? namesOf(membersOf(before)) : [];

export const neededMembers = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const members = membersOf(fact.after);
  if (namesOf(members).length < members.length) return undefined;
  const right = namesOf(members.filter(({ required }) => required));
  if (right.length === 0 || right.length > 4) return undefined;
  const own = new Set(namesOf(members));
  // What is in an object that must be given must be given, too.
  const types = members.map(({ type }) => type ?? '').join(' ');
  const isInside = (name: string): boolean => new RegExp(`\\b${name.slice(1, -1)}\\b`).test(types);
  const wrong = [...formerNames(fact), ...ofOthers(facts, fact, (other) => namesOf(membersOf(other.after)))];
  return {
    kind: 'multiple',
    question: `What must be given to the ${nounsOf(fact)[0]} ${nameOf(fact)}?`,
    right,
    wrong: wrong.filter((name) => !own.has(name) && !isInside(name)),
    fact,
    reason: `${nameOf(fact)} needs ${listed(right)}.`,
  };
};

/** Each explains itself in words of its own, so another one's words are wrong of it. */
export const described = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const description = descriptionOf(fact.after);
  if (description === undefined) return undefined;
  const wrong = ofOthers(facts, fact, (other) =>
    nounsOf(other)[0] === nounsOf(fact)[0] && (descriptionOf(other.after) ?? description) !== description
      ? [nameOf(other)]
      : [],
  );
  const right = nameOf(fact);
  const isTold = changeSentence(fact).includes(description);
  return {
    kind: 'choice',
    question: `Which ${nounsOf(fact)[0]} does this describe? ${description}`,
    right: [right],
    wrong: asLikely(wrong, right, description),
    fact,
    ...(isTold ? {} : { reason: `It is described so: ${description}` }),
  };
};

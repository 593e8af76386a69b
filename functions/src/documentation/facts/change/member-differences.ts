import type { FactMember } from '../../../protocol/fact-sides.ts';
import { breaksType, type MemberUse } from './type-change.ts';

/** One way in which two sides differ, in words, and whether those who relied on the first are broken by it. */
export interface Difference {
  text: string;
  breaking: boolean;
}

const code = (text: string): string => `\`${text}\``;

const added = (word: string, member: FactMember, use: MemberUse): Difference => ({
  text: `${word} ${code(member.name)} is new${member.required && use !== 'taken' ? ' and required' : ''}`,
  breaking: member.required && use !== 'taken',
});

const changedType = (word: string, before: FactMember, after: FactMember, use: MemberUse): Difference[] => {
  if (before.type === after.type) return [];
  if (before.type === undefined)
    return [
      { text: `${word} ${code(after.name)} has the type ${code(after.type ?? '')} now`, breaking: false },
    ];
  if (after.type === undefined)
    return [{ text: `${word} ${code(after.name)} has no type any more`, breaking: false }];
  return [
    {
      text: `${word} ${code(after.name)} is ${code(after.type)} instead of ${code(before.type)}`,
      breaking: breaksType(before.type, after.type, use),
    },
  ];
};

const changedNeed = (word: string, before: FactMember, after: FactMember, use: MemberUse): Difference[] => {
  if (before.required === after.required) return [];
  return after.required
    ? [{ text: `${word} ${code(after.name)} is required now`, breaking: use !== 'taken' }]
    : [{ text: `${word} ${code(after.name)} is optional now`, breaking: use !== 'given' }];
};

/** What the choices of an enumeration are called; their value is no default. */
export const choice = 'choice';

const changedDefault = (word: string, before: FactMember, after: FactMember): Difference[] => {
  if (before.default === after.default) return [];
  const name = `${word} ${code(after.name)}`;
  const [value, kind] = word === choice ? ['value of its own', ''] : ['default', ' by default'];
  if (after.default === undefined) return [{ text: `${name} has no ${value} any more`, breaking: false }];
  const instead = before.default === undefined ? '' : ` instead of ${code(before.default)}`;
  return [{ text: `${name} is ${code(after.default)}${kind}${instead}`, breaking: false }];
};

/** How two lists of members differ. */
export const memberDifferences = (
  word: string,
  before: readonly FactMember[],
  after: readonly FactMember[],
  use: MemberUse,
): Difference[] => {
  const earlier = new Map(before.map((member) => [member.name, member]));
  const later = new Set(after.map(({ name }) => name));
  const gone = before
    .filter(({ name }) => !later.has(name))
    .map(({ name }) => ({ text: `${word} ${code(name)} is gone`, breaking: true }));
  const rest = after.flatMap((member) => {
    const known = earlier.get(member.name);
    if (!known) return [added(word, member, use)];
    return [
      ...changedType(word, known, member, use),
      ...changedNeed(word, known, member, use),
      ...changedDefault(word, known, member),
    ];
  });
  return [...gone, ...rest];
};

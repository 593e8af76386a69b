import type { FactMember } from '../../../protocol/fact-sides.ts';
import { type Difference, memberDifferences } from './member-differences.ts';

const isSameButName = (one: FactMember, other: FactMember): boolean =>
  one.type === other.type && one.required === other.required && one.default === other.default;

/** `{ url, retries = 3 }`: what is taken out of a parameter that has no name. */
const isPattern = (name: string): boolean => /^[{[]/.test(name);

/** One and the same parameter: it has only another name, or both have none. */
const isSame = (one: FactMember, other: FactMember): boolean =>
  isSameButName(one, other) || (isPattern(one.name) && isPattern(other.name));

/**
 * How the parameters of a function differ. They are told by position: a parameter that only has another name
 * breaks nobody, and one that moved breaks every caller.
 */
export const parameterDifferences = (
  before: readonly FactMember[],
  after: readonly FactMember[],
): Difference[] => {
  const renamed = before.flatMap((parameter, position) => {
    const other = after[position];
    const isRename = other && other.name !== parameter.name && isSame(parameter, other);
    const elsewhere =
      after.some(({ name }) => name === parameter.name) || before.some(({ name }) => name === other?.name);
    const isOnlyName = other !== undefined && isSameButName(parameter, other);
    return isRename && !elsewhere ? [{ from: parameter.name, to: other.name, isOnlyName }] : [];
  });
  const nameNow = (name: string): string => renamed.find(({ from }) => from === name)?.to ?? name;
  const aligned = before.map((parameter) => ({ ...parameter, name: nameNow(parameter.name) }));
  const kept = aligned
    .filter(({ name }) => after.some((other) => other.name === name))
    .map(({ name }) => name);
  const order = after.filter(({ name }) => kept.includes(name)).map(({ name }) => name);
  return [
    ...renamed
      .filter(({ isOnlyName }) => isOnlyName)
      .map(({ from, to }) => ({
        text: isPattern(to)
          ? `parameter is \`${to}\` instead of \`${from}\``
          : `parameter \`${from}\` is called \`${to}\` now`,
        breaking: false,
      })),
    ...memberDifferences('parameter', aligned, after, 'given'),
    ...(kept.join() === order.join()
      ? []
      : [{ text: 'the order of the parameters is another one', breaking: true }]),
  ];
};

import type { ApiSide } from '../../../protocol/fact-sides.ts';
import type { Difference } from './member-differences.ts';
import { partsBetween } from './type-change.ts';

const callsOf = ({ signature }: ApiSide): string[] => partsBetween(signature, ';');

/** How the ways to call a function differ; undefined where there is one way at most on both sides. */
export const overloadDifferences = (before: ApiSide, after: ApiSide): Difference[] | undefined => {
  if (before.form !== 'function' || after.form !== 'function') return undefined;
  const [were, are] = [callsOf(before), callsOf(after)];
  if (were.length < 2 && are.length < 2) return undefined;
  const gone = were.filter((call) => !are.includes(call));
  const come = are.filter((call) => !were.includes(call));
  return [
    ...gone.map((call) => ({ text: `it cannot be called as \`${call}\` any more`, breaking: true })),
    ...come.map((call) => ({ text: `it can be called as \`${call}\` now`, breaking: false })),
  ];
};

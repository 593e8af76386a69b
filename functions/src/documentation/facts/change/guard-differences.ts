import type { SurfaceElement } from '../surface/surface-element.ts';
import type { Difference } from './member-differences.ts';

const guardsOf = ({ side }: SurfaceElement): string[] => (side.type === 'route' ? (side.guards ?? []) : []);

const nameOf = (guard: string): string => guard.split('(', 1)[0] ?? guard;

/** Those that one side names and the other one has neither at the route nor at a router above it. */
const onlyOf = (one: SurfaceElement, other: SurfaceElement): string[] => {
  const shared = new Set(other.shared);
  const known = guardsOf(other);
  return guardsOf(one).filter((guard) => !known.includes(guard) && !shared.has(nameOf(guard)));
};

const codes = (names: readonly string[]): string[] => names.map((name) => `\`${name}\``);

/** Through which named handlers a request to a route goes now, and which ones it does not name any more. */
export const guardDifferences = (before: SurfaceElement, after: SurfaceElement): Difference[] => {
  const gone = codes(onlyOf(before, after));
  const come = codes(onlyOf(after, before));
  const said = (text: string): Difference => ({ text, breaking: false });
  if (gone.length === 1 && come.length === 1)
    return [said(`it passes through ${come[0]} instead of ${gone[0]}`)];
  return [
    ...come.map((name) => said(`it passes through ${name} now`)),
    ...gone.map((name) => said(`${name} is no longer among its handlers`)),
  ];
};

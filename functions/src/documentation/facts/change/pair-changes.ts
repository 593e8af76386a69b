import type { SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';

/** Where an element stands: with what is gone, or with what came. */
export type Side = 'before' | 'after';

/** What is gone with what took its place. */
export interface Pair {
  removed: SurfaceChange;
  added: SurfaceChange;
}

/** What came and what went, of those that have something in common. */
export interface Group {
  gone: SurfaceChange[];
  come: SurfaceChange[];
}

const elementsOf = (changes: readonly SurfaceChange[], side: Side) =>
  changes.flatMap((change) => {
    const { [side]: element } = change;
    const isOpen = change.change === (side === 'before' ? 'removed' : 'added');
    return isOpen && element ? [{ change, element }] : [];
  });

/** Groups what came and what went by what both have in common; without a key it is in no group. */
export const groupChanges = (
  changes: readonly SurfaceChange[],
  keyOf: (element: SurfaceElement, side: Side) => string | undefined,
): Group[] => {
  const groups = new Map<string, Group>();
  for (const side of ['before', 'after'] as const) {
    for (const { change, element } of elementsOf(changes, side)) {
      const shared = keyOf(element, side);
      if (shared === undefined) continue;
      const key = `${element.kind}\n${shared}`;
      const group = groups.get(key) ?? { gone: [], come: [] };
      group[side === 'before' ? 'gone' : 'come'].push(change);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
};

/** Each took the place of the one that stood where it stands, as far as both go. */
export const pairEach = ({ gone, come }: Group): Pair[] =>
  gone.flatMap((removed, position) => {
    const added = come[position];
    return added ? [{ removed, added }] : [];
  });

/** The same, where as many came as went. */
export const pairInOrder = (group: Group): Pair[] =>
  group.gone.length === group.come.length ? pairEach(group) : [];

/** Puts what `join` makes of a pair in the place of what is gone; undefined: it is no change at all. */
export const joinPairs = (
  changes: readonly SurfaceChange[],
  pairs: readonly Pair[],
  join: (pair: Pair) => SurfaceChange | undefined,
): SurfaceChange[] => {
  const replaced = new Map<SurfaceChange, SurfaceChange | undefined>();
  for (const pair of pairs) {
    replaced.set(pair.removed, join(pair));
    replaced.set(pair.added, undefined);
  }
  return changes.flatMap((change) => (replaced.has(change) ? (replaced.get(change) ?? []) : change));
};

import type { SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';

/** Where an element stands: with what is gone, or with what came. */
export type Side = 'before' | 'after';

/** What is gone with what took its place. */
export interface Pair {
  removed: SurfaceChange;
  added: SurfaceChange;
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
): { gone: SurfaceChange[]; come: SurfaceChange[] }[] => {
  const groups = new Map<string, { gone: SurfaceChange[]; come: SurfaceChange[] }>();
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

/** The same number went and came: each took the place of the one that stood where it stands. */
export const pairInOrder = ({ gone, come }: { gone: SurfaceChange[]; come: SurfaceChange[] }): Pair[] =>
  gone.length === come.length
    ? gone.flatMap((removed, position) => {
        const added = come[position];
        return added ? [{ removed, added }] : [];
      })
    : [];

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

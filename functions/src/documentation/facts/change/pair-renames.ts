import { requestShape } from '../surface/request-shape.ts';
import type { SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';
import { renamedComponents } from './component-pairs.ts';
import { groupChanges, joinPairs, type Pair, pairInOrder } from './pair-changes.ts';
import { carriedTexts, rewordedTexts } from './text-pairs.ts';

const sideText = ({ side }: SurfaceElement): string => JSON.stringify(side);

const joinedAs =
  (change: SurfaceChange['change']) =>
  ({ removed, added }: Pair): SurfaceChange => ({ ...added, ...removed, change });

const renamed = joinedAs('renamed');

/** A text that reads differently is the same text changed, and so is a route whose parameter has another name. */
const changed = joinedAs('changed');

/** What has kept its name, or the name by which callers know it, has at most changed. */
const joined = (pair: Pair): SurfaceChange | undefined => {
  const { before } = pair.removed;
  const { after } = pair.added;
  if (!before || !after) return undefined;
  const [was, is] = before.kind === 'route' ? [before, after].map(shapeOf) : [before.name, after.name];
  if (was !== is) return renamed(pair);
  return sideText(before) === sideText(after) ? undefined : changed(pair);
};

const shapeOf = ({ name }: SurfaceElement): string => requestShape(name);

const alike = (changes: readonly SurfaceChange[]): Pair[] =>
  groupChanges(changes, ({ likeness }) => likeness).flatMap(pairInOrder);

const inPlace = (changes: readonly SurfaceChange[]): Pair[] =>
  groupChanges(changes, ({ place }) => place).flatMap(pairInOrder);

const namesOf = (changes: readonly SurfaceChange[]): Map<string, string> =>
  new Map(
    changes.flatMap(({ change, before, after }): [string, string][] =>
      change === 'renamed' && before?.kind === 'component' && after ? [[before.name, after.name]] : [],
    ),
  );

/** Pairs what is gone with what took its place. */
export const pairRenames = (changes: readonly SurfaceChange[]): SurfaceChange[] => {
  const known = joinPairs(changes, alike(changes), joined);
  const moved = joinPairs(known, inPlace(known), joined);
  const named = joinPairs(moved, renamedComponents(moved), renamed);
  const newNames = namesOf(named);
  const carried = joinPairs(named, carriedTexts(named, newNames), () => undefined);
  return joinPairs(carried, rewordedTexts(carried, newNames), changed);
};

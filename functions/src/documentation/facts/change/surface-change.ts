import { requestShape } from '../surface/request-shape.ts';
import { elementKey, type Surface, type SurfaceElement } from '../surface/surface-element.ts';
import { renamedComponents } from './component-pairs.ts';
import { groupChanges, joinPairs, type Pair, pairInOrder } from './pair-changes.ts';
import { carriedTexts, rewordedTexts } from './text-pairs.ts';

/** What the range as a whole did to one subject. */
export interface SurfaceChange {
  change: 'added' | 'changed' | 'removed' | 'renamed';
  before?: SurfaceElement;
  after?: SurfaceElement;
  /** What it belongs to is new as well, so that nobody used that without it. */
  ofNew?: boolean;
}

/** An option or argument that came with its command. */
const cameWithCommand = (
  { kind, side, subject }: SurfaceElement,
  before: Surface,
  after: Surface,
): boolean => {
  if (side.type !== 'flag' || side.form === 'command') return false;
  const command = { kind, subject: subject.split(' ').slice(0, -1).join(' ') };
  return after.elements.has(elementKey(command)) && !before.elements.has(elementKey(command));
};

const sideText = ({ side }: SurfaceElement): string => JSON.stringify(side);

const renamed = ({ removed, added }: Pair): SurfaceChange => ({ ...added, ...removed, change: 'renamed' });

/** A text that reads differently is the same text changed, and so is a route whose parameter has another name. */
const changed = ({ removed, added }: Pair): SurfaceChange => ({ ...added, ...removed, change: 'changed' });

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
const pairRenames = (changes: readonly SurfaceChange[]): SurfaceChange[] => {
  const known = joinPairs(changes, alike(changes), joined);
  const moved = joinPairs(known, inPlace(known), joined);
  const named = joinPairs(moved, renamedComponents(moved), renamed);
  const newNames = namesOf(named);
  const carried = joinPairs(named, carriedTexts(named, newNames), () => undefined);
  return joinPairs(carried, rewordedTexts(carried, newNames), changed);
};

/** How two surfaces differ. What was added and taken away again in between shows in neither. */
export const compareSurfaces = (before: Surface, after: Surface): SurfaceChange[] => {
  const changes: SurfaceChange[] = [];
  for (const [key, element] of after.elements) {
    const earlier = before.elements.get(key);
    if (!earlier)
      changes.push({ change: 'added', after: element, ofNew: cameWithCommand(element, before, after) });
    else if (sideText(earlier) !== sideText(element))
      changes.push({ change: 'changed', before: earlier, after: element });
  }
  for (const element of before.elements.values()) {
    if (!after.elements.has(elementKey(element))) changes.push({ change: 'removed', before: element });
  }
  return pairRenames(changes);
};

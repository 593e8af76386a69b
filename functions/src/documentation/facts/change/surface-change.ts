import { commandOf } from '../../command-of.ts';
import { elementKey, type Surface, type SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';
import { doubtfulPlaces, placeOf } from './doubtful-places.ts';
import { pairRenames } from './pair-renames.ts';

/** An option or argument that came with its command. */
const cameWithCommand = (
  { kind, side, subject }: SurfaceElement,
  before: Surface,
  after: Surface,
): boolean => {
  if (side.type !== 'flag' || side.form === 'command') return false;
  const command = { kind, subject: commandOf({ subject }) };
  return after.elements.has(elementKey(command)) && !before.elements.has(elementKey(command));
};

/**
 * How two surfaces differ. What was added and taken away again in between shows in neither, and of what one of them
 * could not read nothing is said.
 */
export const compareSurfaces = (before: Surface, after: Surface): SurfaceChange[] => {
  const changes: SurfaceChange[] = [];
  const doubtful = doubtfulPlaces(before, after);
  for (const [key, element] of after.elements) {
    const earlier = before.elements.get(key);
    if (!earlier) {
      if (doubtful.has(placeOf(element))) continue;
      changes.push({ change: 'added', after: element, ofNew: cameWithCommand(element, before, after) });
    } else if (JSON.stringify(earlier.side) !== JSON.stringify(element.side))
      changes.push({ change: 'changed', before: earlier, after: element });
  }
  for (const element of before.elements.values()) {
    if (after.elements.has(elementKey(element)) || doubtful.has(placeOf(element))) continue;
    changes.push({ change: 'removed', before: element });
  }
  return pairRenames(changes);
};

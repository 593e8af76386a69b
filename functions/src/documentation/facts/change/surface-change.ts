import { elementKey, type Surface, type SurfaceElement } from '../surface/surface-element.ts';

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

/** Changes that are alike but for their name, by what they share. */
const groupAlike = (changes: readonly SurfaceChange[]) => {
  const groups = new Map<string, { gone: SurfaceChange[]; come: SurfaceChange[] }>();
  for (const change of changes) {
    const element = change.after ?? change.before;
    if (change.change === 'changed' || element?.likeness === undefined) continue;
    const key = `${element.kind}\n${element.likeness}`;
    const group = groups.get(key) ?? { gone: [], come: [] };
    (change.change === 'removed' ? group.gone : group.come).push(change);
    groups.set(key, group);
  }
  return [...groups.values()].filter(({ gone, come }) => gone.length === come.length);
};

const isText = ({ before }: SurfaceChange): boolean => before?.kind === 'ui-text';

/** Pairs what is gone with what is new and alike, where there are as many of both. */
const pairRenames = (changes: SurfaceChange[]): SurfaceChange[] => {
  const replaced = new Map<SurfaceChange, SurfaceChange | undefined>();
  for (const { gone, come } of groupAlike(changes)) {
    for (const [position, removed] of gone.entries()) {
      const added = come[position];
      if (!added) continue;
      // A text in the same place that reads differently is the same text changed; what else is alike has a new name.
      replaced.set(removed, { ...added, ...removed, change: isText(removed) ? 'changed' : 'renamed' });
      replaced.set(added, undefined);
    }
  }
  return changes.flatMap((change) => (replaced.has(change) ? (replaced.get(change) ?? []) : change));
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

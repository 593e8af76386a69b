import type { SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';
import { groupChanges, type Pair, pairInOrder } from './pair-changes.ts';

const propertiesOf = ({ side }: SurfaceElement): string | undefined =>
  side.type === 'component' ? side.properties.map(({ name }) => name).join() : undefined;

const textsIn = (changes: readonly SurfaceChange[], component: string): Set<string> =>
  new Set(
    changes.flatMap(({ before, after }) => {
      const { side } = after ?? before ?? {};
      return side?.type === 'text' && side.component === component ? [`${side.role} ${side.text}`] : [];
    }),
  );

/** One went and one came with the same properties, and most of what the first one showed the second one shows. */
export const renamedComponents = (changes: readonly SurfaceChange[]): Pair[] =>
  groupChanges(changes, propertiesOf)
    .flatMap(pairInOrder)
    .filter(({ removed, added }) => {
      const shown = textsIn(changes, removed.before?.name ?? '');
      const shows = textsIn(changes, added.after?.name ?? '');
      const kept = [...shown].filter((text) => shows.has(text));
      return kept.length > 0 && kept.length * 2 >= shown.size;
    });

import type { Surface, SurfaceElement } from '../surface/surface-element.ts';

/** The elements of one kind in one file. */
export const placeOf = ({ kind, file }: SurfaceElement): string => `${kind}\n${file}`;

const unreadFiles = ({ unresolved }: Surface): Set<string> =>
  new Set(unresolved.flatMap(({ what, file }) => (what === 'file' && file !== undefined ? [file] : [])));

/**
 * Places of which nobody knows what became of them, because something there rests on a file that could be read at
 * one end only: what is in one of them at one end alone is neither new nor gone.
 */
export const doubtfulPlaces = (before: Surface, after: Surface): Set<string> => {
  const places = new Set<string>();
  for (const [own, other] of [
    [before, after],
    [after, before],
  ] as const) {
    const unread = unreadFiles(other);
    if (unread.size === 0) continue;
    for (const element of own.elements.values()) {
      if (element.traces.some(({ file }) => unread.has(file))) places.add(placeOf(element));
    }
  }
  return places;
};

import { fileKind } from '../content/file-kind.ts';
import { type SummaryStore, summaryKey } from '../content/summary-store.ts';
import type { SurfaceElement, Trace } from '../surface/surface-element.ts';
import { partsOf } from '../surface/trace-parts.ts';
import type { FileVersion } from './commit-note.ts';

/** A commit at which a traced part became something else; empty stands for a part that is not there. */
export interface PartChange {
  commit: number;
  before: string;
  after: string;
}

export interface PartHistory {
  /** Changes of one part, oldest first. */
  changes(trace: Trace): readonly PartChange[];
  /** Places of the commits that touched a file, oldest first. */
  touches(file: string): readonly number[];
}

type Parts = ReadonlyMap<string, string>;

const noParts: Parts = new Map();

const keysByFile = (elements: readonly SurfaceElement[]): Map<string, Set<string>> => {
  const keys = new Map<string, Set<string>>();
  for (const { file, key } of elements.flatMap(({ traces }) => traces)) {
    keys.set(file, (keys.get(file) ?? new Set()).add(key));
  }
  return keys;
};

/** Equal texts get equal names, which are short: a part stays the same through most versions of its file. */
const createNaming = () => {
  const names = new Map<string, string>();
  return (text: string): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = `${names.size};`;
    names.set(text, name);
    return name;
  };
};

/** The wanted parts of every version, each read once; only whether they are equal matters. */
const readParts = async (
  store: SummaryStore,
  versions: readonly FileVersion[],
  wanted: ReadonlySet<string>,
): Promise<Map<string, Parts>> => {
  const files = versions.flatMap(({ path, before, after }) =>
    [before, after].flatMap((content) => (content ? [{ path, content }] : [])),
  );
  const known = new Map<string, Parts>();
  const nameOf = createNaming();
  await store.forEach(files, (summary, look) => {
    const parts = new Map<string, string>();
    for (const [key, value] of partsOf(look)) {
      if (wanted.has(key)) parts.set(key, (parts.get(key) ?? '') + nameOf(JSON.stringify(value)));
    }
    known.set(summary, parts);
  });
  return known;
};

/** A file that moves is in two versions of one commit: its parts are those of both together. */
const together = (versions: readonly Parts[], key: string): string =>
  versions.length === 1
    ? (versions[0]?.get(key) ?? '')
    : versions
        .flatMap((parts) => parts.get(key) ?? [])
        .sort()
        .join(' ');

const groupByCommit = (versions: readonly FileVersion[]): Map<number, FileVersion[]> => {
  const groups = new Map<number, FileVersion[]>();
  for (const version of versions) {
    const group = groups.get(version.commit) ?? [];
    group.push(version);
    groups.set(version.commit, group);
  }
  return groups;
};

interface Leaving {
  note(place: Trace & { commit: number }): void;
  /** Another file that lost the part at this commit. */
  origin(arrival: Trace & { commit: number }): string | undefined;
}

const createLeaving = (): Leaving => {
  const files = new Map<string, string[]>();
  const nameOf = (commit: number, key: string) => `${commit}\n${key}`;
  return {
    note: ({ file, key, commit }) => {
      const name = nameOf(commit, key);
      files.set(name, [...(files.get(name) ?? []), file]);
    },
    origin: ({ file, key, commit }) => files.get(nameOf(commit, key))?.find((other) => other !== file),
  };
};

/** A part that came from another file in the same commit was there before; its earlier changes are those there. */
const followed = (
  { file, key }: Trace,
  own: (trace: Trace) => readonly PartChange[],
  leaving: Leaving,
): readonly PartChange[] => {
  const changes = own({ file, key });
  const [arrival] = changes;
  if (arrival?.before !== '') return changes;
  const origin = leaving.origin({ file, key, commit: arrival.commit });
  if (origin === undefined) return changes;
  const earlier = followed({ file: origin, key }, own, leaving).filter(
    ({ commit }) => commit < arrival.commit,
  );
  const before = earlier.at(-1)?.after ?? '';
  const moved = before === arrival.after ? [] : [{ ...arrival, before }];
  return [...earlier, ...moved, ...changes.slice(1)];
};

/** Walks the versions of each traced file once and notes where which part changed. */
export const readPartHistory = async (
  store: SummaryStore,
  versions: ReadonlyMap<string, readonly FileVersion[]>,
  elements: readonly SurfaceElement[],
): Promise<PartHistory> => {
  const keys = keysByFile(elements);
  const wanted = new Set([...keys.values()].flatMap((set) => [...set]));
  const known = await readParts(store, [...versions.values()].flat(), wanted);
  const changes = new Map<string, PartChange[]>();
  const leaving = createLeaving();
  const touches = new Map<string, number[]>();
  for (const [file, list] of versions) {
    const groups = groupByCommit(list);
    touches.set(file, [...groups.keys()]);
    for (const [commit, group] of groups) {
      const partsAt = (side: 'before' | 'after') =>
        group.map(({ path, [side]: content }) => {
          const kind = fileKind(path);
          return content && kind ? (known.get(summaryKey(content, kind)) ?? noParts) : noParts;
        });
      const [earlier, later] = [partsAt('before'), partsAt('after')];
      for (const key of new Set([...earlier, ...later].flatMap((parts) => [...parts.keys()]))) {
        const before = together(earlier, key);
        const after = together(later, key);
        if (before === after) continue;
        if (after === '') leaving.note({ file, key, commit });
        const place = `${file}\n${key}`;
        const noted = changes.get(place) ?? [];
        noted.push({ commit, before, after });
        changes.set(place, noted);
      }
    }
  }
  const own = ({ file, key }: Trace) => changes.get(`${file}\n${key}`) ?? [];
  return {
    changes: (trace) => followed(trace, own, leaving),
    touches: (file) => touches.get(file) ?? [],
  };
};

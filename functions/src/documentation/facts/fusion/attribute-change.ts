import type { SurfaceChange } from '../change/change.ts';
import type { Trace } from '../surface/surface-element.ts';
import { isWay } from '../surface/trace-parts.ts';
import type { PartChange, PartHistory } from './part-history.ts';

/** Places of commits in the history. */
export interface Attribution {
  /** The one that made the subject what it is; undefined when no commit of the range shows it. */
  commit: number | undefined;
  /** Others that touched it, oldest first. */
  further: number[];
}

const mostFurther = 50;

const uniqueTraces = (traces: readonly Trace[]): Trace[] => [
  ...new Map(traces.map((trace) => [`${trace.file}\n${trace.key}`, trace])).values(),
];

const ascending = (places: Iterable<number>): number[] =>
  [...new Set(places)].sort((one, other) => one - other);

/**
 * Commits at which a subject came or went. A route or symbol is there while every part it rests on is there: a
 * function is public only once it is exported. Anything else is there while any part is.
 */
const presenceChanges = (parts: readonly (readonly PartChange[])[], needsAll: boolean) => {
  const present = parts.map((changes) => changes[0]?.before !== '');
  const isThere = (): boolean => (needsAll ? present.every(Boolean) : present.some(Boolean));
  const come: number[] = [];
  const gone: number[] = [];
  for (const commit of ascending(parts.flat().map((change) => change.commit))) {
    const before = isThere();
    for (const [position, changes] of parts.entries()) {
      const change = changes.find((known) => known.commit === commit);
      if (change) present[position] = change.after !== '';
    }
    if (isThere() !== before) (before ? gone : come).push(commit);
  }
  return { come, gone };
};

/** Finds the commits behind a change: the last one at which the subject came, went, or became what it is. */
export const attributeChange = (
  { change, before, after }: SurfaceChange,
  history: PartHistory,
): Attribution => {
  const traces = uniqueTraces([...(before?.traces ?? []), ...(after?.traces ?? [])]);
  const parts = traces.map(history.changes);
  const found = ascending(parts.flat().map(({ commit }) => commit));
  const ownParts = traces.filter(({ key }) => !isWay(key)).map(history.changes);
  const own = change === 'changed' ? ascending(ownParts.flat().map(({ commit }) => commit)) : [];
  const known =
    found.length > 0 ? found : ascending(traces.flatMap(({ file }) => history.touches(file))).slice(-1);
  const kind = (after ?? before)?.kind;
  const needsAll = kind === 'api' || kind === 'route';
  const { come, gone } = presenceChanges(parts, needsAll);
  const named = presenceChanges(uniqueTraces(after?.traces ?? []).map(history.changes), needsAll).come;
  const turns = { added: come, removed: gone, renamed: named, changed: own };
  const commit = turns[change].at(-1) ?? known.at(-1);
  return { commit, further: known.filter((other) => other !== commit).slice(-mostFurther) };
};

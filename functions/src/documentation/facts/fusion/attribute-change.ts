import type { SurfaceChange } from '../change/surface-change.ts';
import type { Trace } from '../surface/surface-element.ts';
import type { FileVersion } from './commit-note.ts';
import type { TraceValue } from './trace-values.ts';

/** Places of commits in the history. */
export interface Attribution {
  /** The one that made the subject what it is; undefined when no commit of the range shows it. */
  commit: number | undefined;
  /** Others that touched it, oldest first. */
  further: number[];
}

type Versions = ReadonlyMap<string, readonly FileVersion[]>;

/** A commit with the versions it made of traced files. */
type Step = [commit: number, versions: readonly FileVersion[]];

const mostFurther = 50;

const uniqueTraces = (traces: readonly Trace[]): Trace[] => [
  ...new Map(traces.map((trace) => [`${trace.file}\n${trace.key}`, trace])).values(),
];

const stepsOf = (traces: readonly Trace[], versions: Versions): Step[] => {
  const groups = new Map<number, FileVersion[]>();
  for (const file of new Set(traces.map((trace) => trace.file))) {
    for (const version of versions.get(file) ?? []) {
      const group = groups.get(version.commit) ?? [];
      group.push(version);
      groups.set(version.commit, group);
    }
  }
  return [...groups].sort(([one], [other]) => one - other);
};

/** Value of a part on one side of a commit; a file that moves is in two versions of it. */
const valueAt = (
  [, versions]: Step,
  { file, key }: Trace,
  side: 'before' | 'after',
  value: TraceValue,
): string =>
  versions
    .filter((version) => version.file === file)
    .flatMap((version) => value(version.path, version[side], key) ?? [])
    .sort()
    .join(' ');

const isTouched = ([, versions]: Step, { file }: Trace): boolean =>
  versions.some((version) => version.file === file);

const hasTransition = (step: Step, traces: readonly Trace[], value: TraceValue): boolean =>
  traces.some((trace) => valueAt(step, trace, 'before', value) !== valueAt(step, trace, 'after', value));

/**
 * Commits at which a subject came or went. A route or symbol is there while every part it rests on is there: a
 * function is public only once it is exported. Anything else is there while any part is.
 */
const presenceChanges = (
  steps: readonly Step[],
  traces: readonly Trace[],
  value: TraceValue,
  needsAll: boolean,
) => {
  const present = new Map(
    traces.map((trace): [Trace, boolean] => {
      const first = steps.find((step) => isTouched(step, trace));
      return [trace, first === undefined || valueAt(first, trace, 'before', value) !== ''];
    }),
  );
  const isThere = (): boolean => {
    const parts = [...present.values()];
    return needsAll ? parts.every(Boolean) : parts.some(Boolean);
  };
  const come: number[] = [];
  const gone: number[] = [];
  for (const step of steps) {
    const before = isThere();
    for (const trace of traces) {
      if (isTouched(step, trace)) present.set(trace, valueAt(step, trace, 'after', value) !== '');
    }
    if (isThere() !== before) (before ? gone : come).push(step[0]);
  }
  return { come, gone };
};

/** Finds the commits behind a change: the last one at which the subject came, went, or became what it is. */
export const attributeChange = (
  { change, before, after }: SurfaceChange,
  versions: Versions,
  value: TraceValue,
): Attribution => {
  const traces = uniqueTraces([...(before?.traces ?? []), ...(after?.traces ?? [])]);
  const steps = stepsOf(traces, versions);
  const found = steps.filter((step) => hasTransition(step, traces, value)).map(([commit]) => commit);
  const known = found.length > 0 ? found : steps.slice(-1).map(([commit]) => commit);
  const kind = (after ?? before)?.kind;
  const { come, gone } = presenceChanges(steps, traces, value, kind === 'api' || kind === 'route');
  const turn = change === 'added' ? come.at(-1) : change === 'removed' ? gone.at(-1) : undefined;
  const commit = turn ?? known.at(-1);
  return { commit, further: known.filter((other) => other !== commit).slice(-mostFurther) };
};

import type { AnalysisCache } from '../../ports/analysis-cache.ts';
import type { FileChange, History, ResolvedRange, TreeFile } from '../../ports/history.ts';
import type { Fact, Unresolved } from '../../protocol/facts.ts';
import type { SurfaceChange } from './change/change.ts';
import { compareSurfaces } from './change/surface-change.ts';
import { fileKind, isSource } from './content/file-kind.ts';
import { otherLanguages } from './content/other-languages.ts';
import { createSummaryStore, type SummaryStore } from './content/summary-store.ts';
import { contentFacts } from './fusion/content-facts.ts';
import { readPartHistory } from './fusion/part-history.ts';
import type { HistoryReading } from './fusion/read-history.ts';
import { createCodeTree } from './surface/code-tree.ts';
import { readSurface } from './surface/read-surface.ts';
import type { Surface } from './surface/surface-element.ts';

/** What the content of a range shows. */
export interface ContentReading {
  unresolved: Unresolved[];
  /** Files that its facts rest on. */
  traced: Set<string>;
  /** The facts, once the history is read. */
  factsOf(reading: HistoryReading): Promise<Fact[]>;
}

export interface ContentReadingOptions {
  history: History;
  range: ResolvedRange;
  cache?: AnalysisCache | undefined;
  signal?: AbortSignal | undefined;
  onRead: () => void;
}

const contentsOf = (changes: readonly FileChange[], side: 'before' | 'after') =>
  changes.flatMap(({ path, kind, [side]: content }) =>
    kind === 'file' && content ? [{ path, content }] : [],
  );

/** What one end of the range offers. Modules that exports lead to are read as they turn up. */
const surfaceAt = async (files: readonly TreeFile[], store: SummaryStore): Promise<Surface> => {
  for (;;) {
    const tree = createCodeTree(files, store.lookup);
    const surface = readSurface(tree);
    const wanted = tree.takeWanted();
    if (wanted.length === 0) return surface;
    await store.load(wanted);
  }
};

const nothing: Surface = { elements: new Map(), unresolved: [] };

const submodules = (changes: readonly FileChange[]): Unresolved[] =>
  changes
    .filter(({ kind }) => kind === 'submodule')
    .map(({ path }) => ({
      what: 'submodule',
      subject: path,
      reason: 'It is another repository; its commits are not read here.',
      file: path,
    }));

const isAbout = (paths: ReadonlySet<string>, surface: Surface): Unresolved[] =>
  surface.unresolved.filter(({ file }) => file !== undefined && paths.has(file));

/** The surfaces of both ends, from the same summaries: what neither end has read is the same in both. */
const readSurfaces = async (
  { history, range, signal }: ContentReadingOptions,
  changes: readonly FileChange[],
  store: SummaryStore,
): Promise<[Surface, Surface]> => {
  const after = await history.files(range.to, { signal });
  const before = range.from === undefined ? [] : await history.files(range.from, { signal });
  await store.load([...contentsOf(changes, 'before'), ...contentsOf(changes, 'after')]);
  const both = [...before, ...after].filter(({ kind }) => kind === 'file');
  await store.load(both.filter(({ path }) => !isSource(fileKind(path))));
  await store.load(both, { onlyFarReaching: true });
  for (;;) {
    const surfaceAfter = await surfaceAt(after, store);
    const known = store.size();
    const surfaceBefore = before.length === 0 ? nothing : await surfaceAt(before, store);
    // What only the second one asked for the first one should know as well.
    if (store.size() === known) return [surfaceBefore, surfaceAfter];
  }
};

const tracedFiles = (changes: readonly SurfaceChange[]): Set<string> =>
  new Set(
    changes.flatMap(({ before, after }) =>
      [...(before?.traces ?? []), ...(after?.traces ?? [])].map(({ file }) => file),
    ),
  );

/** Compares what both ends of a range offer. */
export const readContent = async (options: ContentReadingOptions): Promise<ContentReading> => {
  const { history, range, cache, signal, onRead } = options;
  const files = await history.changes(range, { signal });
  const paths = files.map(({ path }) => path);
  const analysable = files.filter(({ path }) => fileKind(path) !== undefined);
  const store = createSummaryStore({ history, cache, signal, onRead });
  const [before, after] =
    analysable.length > 0 ? await readSurfaces(options, analysable, store) : [nothing, nothing];
  const changes = compareSurfaces(before, after);
  return {
    unresolved: [...submodules(files), ...otherLanguages(paths), ...isAbout(new Set(paths), after)],
    traced: tracedFiles(changes),
    factsOf: async ({ commits, versions }) => {
      const elements = changes.flatMap((change) => [change.before ?? [], change.after ?? []].flat());
      const parts = await readPartHistory(store, versions, elements);
      return contentFacts({ changes, commits, history: parts, fallback: range.to });
    },
  };
};

import type { FileChange, History, ResolvedRange, TreeFile } from '../../ports/history.ts';
import type { Unresolved } from '../../protocol/facts.ts';
import { compareSurfaces, type SurfaceChange } from './change/surface-change.ts';
import { fileKind, isSource } from './content/file-kind.ts';
import type { SummaryStore } from './content/summary-store.ts';
import { createCodeTree } from './surface/code-tree.ts';
import { readSurface } from './surface/read-surface.ts';
import type { Surface } from './surface/surface-element.ts';

export interface ContentReading {
  changes: SurfaceChange[];
  unresolved: Unresolved[];
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

/** Compares what both ends of a range offer. */
export const readContent = async (
  history: History,
  range: ResolvedRange,
  store: SummaryStore,
  signal: AbortSignal | undefined,
): Promise<ContentReading> => {
  const changes = await history.changes(range, { signal });
  const analysable = changes.filter(({ path }) => fileKind(path) !== undefined);
  if (analysable.length === 0) return { changes: [], unresolved: submodules(changes) };
  const after = await history.files(range.to, { signal });
  const before = range.from === undefined ? [] : await history.files(range.from, { signal });
  await store.load([...contentsOf(analysable, 'before'), ...contentsOf(analysable, 'after')]);
  const both = [...before, ...after].filter(({ kind }) => kind === 'file');
  await store.load(both.filter(({ path }) => !isSource(fileKind(path))));
  await store.load(both, { onlyFarReaching: true });
  // The first reading may ask for modules that the second one knows then as well; so the first is made again.
  await surfaceAt(before, store);
  const surfaceAfter = await surfaceAt(after, store);
  const surfaceBefore = await surfaceAt(before, store);
  const touched = new Set(changes.map(({ path }) => path));
  return {
    changes: compareSurfaces(surfaceBefore, surfaceAfter),
    unresolved: [...submodules(changes), ...isAbout(touched, surfaceAfter)],
  };
};

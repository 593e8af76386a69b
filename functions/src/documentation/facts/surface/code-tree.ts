import { posix } from 'node:path';
import type { TreeFile } from '../../../ports/history.ts';
import { type FileKind, fileKind, isSource } from '../content/file-kind.ts';
import type { FileSummary, ManifestFound } from '../content/file-summary.ts';

/** Gives the summary of a content, if it was read. */
export type SummaryLookup = (content: string, kind: FileKind) => FileSummary | undefined;

export interface CodePackage {
  /** Folder of its package.json; empty for the root. */
  folder: string;
  file: string;
  manifest: ManifestFound;
}

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs'];

const withoutExtension = (path: string): string => path.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');

/** The known files of one commit. */
export const createCodeTree = (files: readonly TreeFile[], lookup: SummaryLookup) => {
  const byPath = new Map(files.filter(({ kind }) => kind === 'file').map((file) => [file.path, file]));
  const wanted = new Set<string>();

  const summaryOf = (path: string): FileSummary | undefined => {
    const file = byPath.get(path);
    const kind = fileKind(path);
    if (!file || !kind) return undefined;
    const summary = lookup(file.content, kind);
    if (!summary) wanted.add(path);
    return summary;
  };

  const candidate = (path: string): string | undefined => {
    const isThere = (name: string) => byPath.has(name) && (isSource(fileKind(name)) || name === path);
    if (isThere(path) && /\.\w+$/.test(path)) return path;
    const stem = withoutExtension(path);
    const names = [stem, path, `${path}/index`].flatMap((name) =>
      extensions.map((extension) => name + extension),
    );
    return names.find(isThere);
  };

  const packages = [...byPath.keys()]
    .filter((path) => fileKind(path) === 'manifest')
    .flatMap((path): CodePackage[] => {
      const manifest = summaryOf(path)?.manifest;
      return manifest ? [{ folder: posix.dirname(path).replace(/^\.$/, ''), file: path, manifest }] : [];
    });

  /** The source behind a file that a manifest names, which is often a built one: `dist/x.js` comes from `src/x.ts`. */
  const entryFile = ({ folder }: CodePackage, file: string): string | undefined => {
    const steps = posix.normalize(file).split('/');
    return steps
      .map((_, position) => steps.slice(position).join('/'))
      .flatMap((name) => [name, `src/${name}`])
      .map((name) => candidate(posix.join(folder, name)))
      .find((path) => path !== undefined);
  };

  const packageFile = (specifier: string): string | undefined => {
    const found = packages.find(
      ({ manifest }) => manifest.name !== undefined && `${specifier}/`.startsWith(`${manifest.name}/`),
    );
    if (!found) return undefined;
    const subpath = `.${specifier.slice(found.manifest.name?.length ?? 0)}`;
    const entry = found.manifest.entries.find((known) => known.subpath === subpath);
    return entry?.files.map((file) => entryFile(found, file)).find((path) => path !== undefined);
  };

  return {
    packages,
    summaryOf,
    entryFile,
    paths: () => [...byPath.keys()],
    /** The file that a module means by a specifier; undefined when it lies outside. */
    resolve: (from: string, specifier: string): string | undefined =>
      specifier.startsWith('.')
        ? candidate(posix.join(posix.dirname(from), specifier))
        : packageFile(specifier),
    /** Files that were asked for and have not been read, and forgets them. */
    takeWanted: (): TreeFile[] => {
      const list = [...wanted].flatMap((path) => byPath.get(path) ?? []);
      wanted.clear();
      return list;
    },
    /** Every summary that is there, in the order of paths. */
    known: (): [string, FileSummary][] =>
      [...byPath.values()].flatMap(({ path, content }): [string, FileSummary][] => {
        const kind = fileKind(path);
        const summary = kind && lookup(content, kind);
        return summary ? [[path, summary]] : [];
      }),
  };
};

export type CodeTree = ReturnType<typeof createCodeTree>;

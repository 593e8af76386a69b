const sourceFolders = new Set(['src', 'lib', 'app', 'source', 'server', 'client']);

/** The feature that a file belongs to: the folder below its sources, else the package around them. */
export const featureScope = (path: string): string | undefined => {
  const folders = path.split('/').slice(0, -1);
  const sources = folders.findLastIndex((folder) => sourceFolders.has(folder));
  return folders[sources + 1] ?? (sources > 0 ? folders[sources - 1] : undefined);
};

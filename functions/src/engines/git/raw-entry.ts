import type { EntryKind, FileChange } from '../../ports/history.ts';

const nothing = /^0+$/;
const kinds: Record<string, EntryKind | undefined> = { '120000': 'link', '160000': 'submodule' };

export const kindOfMode = (mode: string): EntryKind => kinds[mode] ?? 'file';

/** Reads `:mode mode id id status` of `git log --raw`; a combined entry (`::…`) counts against its first parent. */
export const readRawEntry = (entry: string, path: string): FileChange => {
  let parents = 0;
  while (entry[parents] === ':') parents += 1;
  const words = entry.slice(parents).split(' ');
  const modeBefore = words[0] ?? '';
  const modeAfter = words[parents] ?? '';
  const before = words[parents + 1] ?? '';
  const after = words[2 * parents + 1] ?? '';
  const change: FileChange = { path, kind: kindOfMode(nothing.test(modeAfter) ? modeBefore : modeAfter) };
  if (!nothing.test(before)) change.before = before;
  if (!nothing.test(after)) change.after = after;
  return change;
};

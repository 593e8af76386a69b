import {
  type FileChange,
  type History,
  HistoryError,
  type ObjectId,
  type RangeRequest,
  type ResolvedRange,
  type TaggedCommit,
  type TreeFile,
} from '../../ports/history.ts';
import { readBlobs } from './blob-reader.ts';
import { readCommits } from './commit-log.ts';
import { folderMissing, type GitPlace, gitText, quietSettings } from './git-process.ts';
import { kindOfMode, readRawEntry } from './raw-entry.ts';

/** The tree without files, by the length of the repository's ids. */
const emptyTrees: Record<number, string | undefined> = {
  40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

const longestReference = 250;

const parts = (text: string): string[] => text.split('\0').filter(Boolean);

const complaint = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().slice(0, 500);

const readTags = (text: string): TaggedCommit[] => {
  const tags = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [name = '', type, id = '', peeledType, peeledId = ''] = line.split(' ');
    const commit = type === 'commit' ? id : peeledType === 'commit' ? peeledId : undefined;
    if (commit) tags.set(commit, [...(tags.get(commit) ?? []), name].sort());
  }
  return [...tags].map(([commit, names]) => ({ commit, tags: names }));
};

const readTree = (text: string): TreeFile[] =>
  parts(text).map((entry) => {
    const [mode = '', , content = ''] = entry.slice(0, entry.indexOf('\t')).split(' ');
    return { path: entry.slice(entry.indexOf('\t') + 1), kind: kindOfMode(mode), content };
  });

const readChanges = (text: string): FileChange[] => {
  const tokens = parts(text);
  const changes: FileChange[] = [];
  for (let index = 0; index + 1 < tokens.length; index += 2) {
    changes.push(readRawEntry(tokens[index] ?? '', tokens[index + 1] ?? ''));
  }
  return changes;
};

const plainReference = /^[^\s\p{C}:{}?*[\\]+$/u;

/** A reference is nothing but a name: no option, no range, no place in a tree. */
const ensurePlain = (reference: string): void => {
  const plain = reference.length <= longestReference && plainReference.test(reference);
  if (!plain || reference.includes('..') || /^[-^]/.test(reference)) throw noCommit(reference);
};

const noCommit = (reference: string, cause?: unknown): HistoryError =>
  new HistoryError(
    `There is no commit "${reference.slice(0, 80)}" here: name a branch, a tag or a commit id.`,
    { cause },
  );

/** A reference as the id of its commit, and whether the clone is shallow: one process tells both. */
const findCommit = async (
  place: GitPlace,
  reference: string,
): Promise<{ id: ObjectId; isShallow: boolean }> => {
  ensurePlain(reference);
  const flags = ['--is-shallow-repository', '--verify', '--quiet', '--end-of-options'];
  const found = await gitText(place, ['rev-parse', ...flags, `${reference}^{commit}`]).catch(
    (cause: unknown) => {
      throw noCommit(reference, cause);
    },
  );
  const lines = found.trim().split('\n');
  const id = lines.at(-1) ?? '';
  if (!/^[0-9a-f]{40,64}$/.test(id)) throw noCommit(reference);
  return { id, isShallow: lines[0] === 'true' };
};

const tagFormat = '--format=%(refname:strip=2) %(objecttype) %(objectname) %(*objecttype) %(*objectname)';

/**
 * Everything waits for this, so git is asked everything at once, and no library is loaded for it. Of several failures
 * the first one in this order is told.
 */
const resolveRange = async (place: GitPlace, { from, to = 'HEAD' }: RangeRequest): Promise<ResolvedRange> => {
  const tags = gitText(place, ['for-each-ref', tagFormat, 'refs/tags']);
  const end = findCommit(place, to);
  const start = from === undefined ? undefined : findCommit(place, from);
  await Promise.allSettled([tags, end, start]);
  const known = readTags(await tags);
  const { id, isShallow } = await end;
  const range = { to: id, shallow: isShallow, tags: known };
  return start === undefined ? range : { from: (await start).id, ...range };
};

/** Reads one repository on this machine with its git. */
export const openGitHistory = (place: GitPlace): History => {
  const client = async (signal: AbortSignal | undefined) => {
    const { simpleGit } = await import('simple-git');
    try {
      return simpleGit({
        baseDir: place.folder,
        config: quietSettings,
        unsafe: { allowUnsafeFsMonitor: true },
        ...(signal ? { abort: signal } : {}),
      });
    } catch (cause) {
      throw new HistoryError(folderMissing, { cause });
    }
  };

  const git = async (parameters: string[], signal?: AbortSignal): Promise<string> =>
    (await client(signal))
      .env({ ...place.environment, LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1' })
      .raw(parameters)
      .catch((error: unknown) => {
        signal?.throwIfAborted();
        throw new HistoryError(`git cannot read the repository: ${complaint(error)}`, { cause: error });
      });

  const changes: History['changes'] = async ({ from, to }, { signal } = {}) => {
    const flags = ['-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'];
    const start = from ?? emptyTrees[to.length] ?? '';
    return readChanges(await git(['diff-tree', ...flags, '--end-of-options', start, to, '--'], signal));
  };

  return {
    resolve: (request) => resolveRange(place, request),
    commits: (range, options) => readCommits(place, range, options),
    changes,
    files: async (commit, { signal } = {}) =>
      readTree(await git(['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], signal)),
    blobs: (ids, options) => readBlobs(place, ids, options),
  };
};

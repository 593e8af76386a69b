import { simpleGit } from 'simple-git';
import {
  type FileChange,
  type History,
  HistoryError,
  type RangeRequest,
  type ResolvedRange,
  type TaggedCommit,
  type TreeFile,
} from '../../ports/history.ts';
import { readBlobs } from './blob-reader.ts';
import { readCommits } from './commit-log.ts';
import { type GitPlace, quietSettings } from './git-process.ts';
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

/** Reads one repository on this machine with its git. */
export const openGitHistory = (place: GitPlace): History => {
  const client = (signal: AbortSignal | undefined) => {
    try {
      return simpleGit({
        baseDir: place.folder,
        config: quietSettings,
        unsafe: { allowUnsafeFsMonitor: true },
        ...(signal ? { abort: signal } : {}),
      });
    } catch (cause) {
      throw new HistoryError('The folder of the repository is not there.', { cause });
    }
  };

  const git = async (parameters: string[], signal?: AbortSignal): Promise<string> =>
    client(signal)
      .env({ ...place.environment, LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1' })
      .raw(parameters)
      .catch((error: unknown) => {
        signal?.throwIfAborted();
        throw new HistoryError(`git cannot read the repository: ${complaint(error)}`, { cause: error });
      });

  const commitOf = async (reference: string): Promise<string> => {
    const refusal = `There is no commit "${reference.slice(0, 80)}" here: name a branch, a tag or a commit id.`;
    const plain = reference.length <= longestReference && /^[^\s\p{C}:{}?*[\\]+$/u.test(reference);
    if (!plain || reference.includes('..') || /^[-^]/.test(reference)) throw new HistoryError(refusal);
    const found = await git([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${reference}^{commit}`,
    ]).catch((cause: unknown) => {
      throw new HistoryError(refusal, { cause });
    });
    const id = found.trim().split('\n').at(-1) ?? '';
    if (!/^[0-9a-f]{40,64}$/.test(id)) throw new HistoryError(refusal);
    return id;
  };

  const resolve = async ({ from, to = 'HEAD' }: RangeRequest): Promise<ResolvedRange> => {
    const shallow = (await git(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
    const format = '--format=%(refname:strip=2) %(objecttype) %(objectname) %(*objecttype) %(*objectname)';
    const tags = readTags(await git(['for-each-ref', format, 'refs/tags']));
    const end = await commitOf(to);
    return { ...(from === undefined ? {} : { from: await commitOf(from) }), to: end, shallow, tags };
  };

  const changes: History['changes'] = async ({ from, to }, { signal } = {}) => {
    const flags = ['-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'];
    const start = from ?? emptyTrees[to.length] ?? '';
    return readChanges(await git(['diff-tree', ...flags, '--end-of-options', start, to, '--'], signal));
  };

  return {
    resolve,
    commits: (range, options) => readCommits(place, range, options),
    changes,
    files: async (commit, { signal } = {}) =>
      readTree(await git(['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], signal)),
    blobs: (ids, options) => readBlobs(place, ids, options),
  };
};

import type { FileChange, History, HistoryCommit, ResolvedRange } from '../../../ports/history.ts';
import type { Unresolved } from '../../../protocol/facts.ts';
import type { TouchedPath } from '../messages/classify-message.ts';
import { createKnownPaths, type KnownPaths } from '../messages/path-traits.ts';
import { readMessage } from '../messages/read-message.ts';
import type { CommitNote, FileVersion } from './commit-note.ts';

export interface HistoryReading {
  commits: CommitNote[];
  /** Versions of the traced files, oldest first. */
  versions: Map<string, FileVersion[]>;
  authors: Set<string>;
  touched: number;
  unresolved: Unresolved[];
}

interface ReadHistoryOptions {
  history: History;
  range: ResolvedRange;
  /** Files that facts rest on; without any, commits are asked for paths only. */
  traced: ReadonlySet<string>;
  signal?: AbortSignal | undefined;
  onCommit: () => void;
}

const firstLine = (text: string): string => {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
};

/** The scope of more than half of the files: unlike ones cancel out in pairs, so only what is left over can be it. */
const mostlyIn = (touched: readonly TouchedPath[]): string | undefined => {
  let candidate: string | undefined;
  let lead = 0;
  for (const { traits } of touched) {
    if (lead === 0) candidate = traits.scope;
    lead += traits.scope === candidate ? 1 : -1;
  }
  let count = 0;
  for (const { traits } of touched) if (traits.scope === candidate) count += 1;
  return count * 2 > touched.length ? candidate : undefined;
};

const noteOf = ({ id, parents, message, changes }: HistoryCommit, { traitsOf }: KnownPaths): CommitNote => {
  const touched = changes.map(({ path, before }) => ({
    traits: traitsOf(path),
    isNew: before === undefined,
  }));
  const scope = mostlyIn(touched);
  return {
    id,
    isMerge: parents.length > 1,
    isFirst: parents.length === 0,
    reading: readMessage(message, touched),
    title: firstLine(message).trim(),
    touchesInterface: touched.some(({ traits }) => traits.isInterface),
    ...(scope ? { scope } : {}),
  };
};

const guessed = ({ id }: HistoryCommit): Unresolved => ({
  what: 'message',
  subject: 'encoding',
  reason: 'The message is not valid in its own encoding and was read as ISO 8859-1.',
  commit: id,
});

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Where a file that a commit brought comes from: the same content went elsewhere, or one of the same name. */
const originOf = (added: FileChange, changes: readonly FileChange[]): string | undefined => {
  if (added.before !== undefined) return undefined;
  const gone = changes.filter(({ after }) => after === undefined);
  const same = gone.find(({ before }) => before === added.after);
  const named = gone.filter(({ path }) => baseName(path) === baseName(added.path));
  return same?.path ?? (named.length === 1 ? named[0]?.path : undefined);
};

/** Remembers the versions of traced files, newest first, and follows files back through their moves. */
const createVersionLog = (traced: ReadonlySet<string>) => {
  const versions = new Map<string, FileVersion[]>();
  const followed = new Map<string, Set<string>>([...traced].map((path) => [path, new Set([path])]));

  const follow = (change: FileChange, changes: readonly FileChange[]): void => {
    const origin = originOf(change, changes);
    if (origin === undefined) return;
    const files = followed.get(origin) ?? new Set();
    for (const file of followed.get(change.path) ?? []) files.add(file);
    followed.set(origin, files);
  };

  const keep = ({ path, before, after }: FileChange, commit: number): void => {
    for (const file of followed.get(path) ?? []) {
      const list = versions.get(file) ?? [];
      list.push({ commit, file, path, ...(before ? { before } : {}), ...(after ? { after } : {}) });
      versions.set(file, list);
    }
  };

  const add = (changes: readonly FileChange[], commit: number): void => {
    for (const change of changes) if (followed.has(change.path)) follow(change, changes);
    for (const change of changes) keep(change, commit);
  };
  return { add, versions };
};

/** Oldest first, from 0. */
const turnRound = (versions: Map<string, FileVersion[]>, count: number): Map<string, FileVersion[]> =>
  new Map(
    [...versions].map(([file, list]) => [
      file,
      list.map((version) => ({ ...version, commit: count - 1 - version.commit })).reverse(),
    ]),
  );

/** One pass over the commits: messages are read at once, of the files only the traced ones are remembered. */
export const readHistory = async (options: ReadHistoryOptions): Promise<HistoryReading> => {
  const { history, range, traced, signal, onCommit } = options;
  const commits: CommitNote[] = [];
  const log = createVersionLog(traced);
  const paths = createKnownPaths();
  const authors = new Set<string>();
  const unresolved: Unresolved[] = [];
  const contents = traced.size > 0;
  for await (const commit of history.commits(range, { signal, contents })) {
    const note = noteOf(commit, paths);
    authors.add(commit.author);
    for (const name of note.reading.coAuthors) authors.add(name);
    if (commit.guessedEncoding) unresolved.push(guessed(commit));
    if (contents) log.add(commit.changes, commits.length);
    commits.push(note);
    onCommit();
  }
  const versions = turnRound(log.versions, commits.length);
  return { commits: commits.reverse(), versions, authors, touched: paths.count(), unresolved };
};

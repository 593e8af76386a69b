/** Hexadecimal name of a commit or of a file's content, as git has it. */
export type ObjectId = string;

/** What lies at a path: a submodule's content is another repository's, a link's content is where it leads. */
export type EntryKind = 'file' | 'link' | 'submodule';

/** What a commit, or a range as a whole, did to one path. A move is a removal and an addition. */
export interface FileChange {
  path: string;
  kind: EntryKind;
  /** Content before; absent when the path is new. */
  before?: ObjectId;
  /** Content after; absent when the path is gone. */
  after?: ObjectId;
}

export interface HistoryCommit {
  id: ObjectId;
  /** First the one that was merged into. */
  parents: ObjectId[];
  /** Name of the author, after the repository's mailmap. */
  author: string;
  /** Decoded by its own encoding; what is not valid in it is read as ISO 8859-1. */
  message: string;
  /** The message had bytes that its encoding does not know. */
  guessedEncoding: boolean;
  /** Against the first parent. Of a merge only what differs from every parent: what the merge itself changed. */
  changes: FileChange[];
}

export interface TaggedCommit {
  commit: ObjectId;
  /** Names, sorted. */
  tags: string[];
}

/** A range whose ends are there. */
export interface ResolvedRange {
  from?: ObjectId;
  to: ObjectId;
  /** The clone lacks earlier commits. */
  shallow: boolean;
  /** Every tagged commit of the repository. */
  tags: TaggedCommit[];
}

export interface TreeFile {
  path: string;
  kind: EntryKind;
  content: ObjectId;
}

export interface BlobContent {
  id: ObjectId;
  /** Size in bytes. */
  size: number;
  /** Absent when it is larger than asked for, or missing in a partial clone. */
  bytes?: Buffer;
}

/** What a caller may say of a range: each a branch, tag or commit id. */
export interface RangeRequest {
  from?: string | undefined;
  to?: string | undefined;
}

export interface ReadOptions {
  /** Ends the reading, which rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface CommitOptions extends ReadOptions {
  /**
   * False: changes say only whether there was something at a path and whether there is, which is less to read. Ids of
   * contents are `unnamedContent` then, and every kind is file.
   */
  contents?: boolean | undefined;
}

/** Stands for a content whose id was not asked for. */
export const unnamedContent: ObjectId = '';

/** The commits of one repository. It only reads, and it never reaches a network. */
export interface History {
  /**
   * Finds both ends. Rejects with HistoryError when an end is not there, is no commit, or is not a name of a
   * commit at all: whatever the caller says, it is never taken for an option.
   */
  resolve(request: RangeRequest): Promise<ResolvedRange>;
  /** Commits that `to` has and `from` has not, newest first and children before parents, in bounded memory. */
  commits(range: Pick<ResolvedRange, 'from' | 'to'>, options?: CommitOptions): AsyncIterable<HistoryCommit>;
  /** How the files differ between the ends; from nothing when `from` is absent. */
  changes(range: Pick<ResolvedRange, 'from' | 'to'>, options?: ReadOptions): Promise<FileChange[]>;
  /** All files of a commit, sorted by path. */
  files(commit: ObjectId, options?: ReadOptions): Promise<TreeFile[]>;
  /** Contents in the order asked for, one at a time. */
  blobs(
    ids: readonly ObjectId[],
    options: ReadOptions & { maximumBytes: number },
  ): AsyncIterable<BlobContent>;
}

/** The repository or a range cannot be read; the message says why and what to do, and may be shown. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

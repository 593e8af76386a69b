import type { RecordStore, RecordWriter } from './record-store.ts';
import type { NewLogEntry, SessionLogEntry, StoredAnnotation, SupportSession, Time } from './records.ts';

/** A place in one session's log. */
export interface LogPosition {
  /** Random per log, renewed by restore and import: positions of different epochs cannot be compared. */
  epoch: string;
  /** The last entry that counts; 0 before the first. */
  seq: number;
}

/** Writes that need no read: `create` may be refused, the others cannot fail for what they say. */
export type LogChanges = Pick<RecordWriter, 'create' | 'put' | 'delete'>;

export interface LogAppend {
  sessionId: string;
  /** The position up to which the writer knows the log; entry i becomes `expected.seq + 1 + i`. */
  expected: LogPosition;
  at: Time;
  /** 1 to `logLimits.entries`. */
  entries: readonly NewLogEntry[];
  /** Writes the records that the entries change; called once, at once, and never asynchronous. */
  changes?(writer: LogChanges): void;
}

export type AppendOutcome =
  /** Committed, as durable as the engine promises: may be acknowledged and published now. */
  | { outcome: 'appended'; head: LogPosition; entries: readonly SessionLogEntry[] }
  /** The log did not stand at `expected`; `head` is the real one. */
  | { outcome: 'moved'; head: LogPosition };

export interface LogSnapshot {
  /** Everything below holds exactly the entries up to here. */
  position: LogPosition;
  session: SupportSession;
  /** In order of `seq`, without tombstones. */
  annotations: readonly StoredAnnotation[];
  /** The newest messages and comments, oldest first. */
  messages: readonly SessionLogEntry[];
}

export interface LogPage {
  head: LogPosition;
  entries: readonly SessionLogEntry[];
}

/** One order of events per session (rule RT1). Appends to different sessions never wait for each other's outcome. */
export interface SessionLog {
  /**
   * Commits entries and changes together if the head is still `expected`, or changes nothing. Appends to one
   * session take effect in the order of the calls; embedded engines let a call build on the one before while
   * both wait for their commit, others hold it back until the one before is settled, and batch.
   *
   * After `moved` some entries up to `head` may be this call's own, committed by a try whose answer was lost:
   * read on, and acknowledge what stands there, before the rest is appended again.
   *
   * AppError `already_exists`: a created record's id is taken, the head has not moved; `payload_too_large`: more
   * than `logLimits` allow; `validation_failed` as in `RecordWriter`; `not_found`: no such session;
   * `unavailable`: the outcome is not known, read on from `expected`.
   */
  append(append: LogAppend): Promise<AppendOutcome>;
  /**
   * Entries after `since`, ascending, without gaps: up to `limit` (1 to 1000), fewer when their data comes to
   * more than 4 MiB, but at least one when there is one; the end is `head`. AppError `not_found`.
   */
  read(sessionId: string, since: number, limit: number): Promise<LogPage>;
  /**
   * State as of one position, from the records, with up to `messages` (0 to 1000) messages and comments;
   * undefined when there is no such session.
   */
  snapshot(sessionId: string, messages: number): Promise<LogSnapshot | undefined>;
  /**
   * Entries that carry one of these operations (see `operationKey`; up to 30), in order: for those older than
   * what a room holds. Empty for a session that is not there.
   */
  operations(sessionId: string, operations: readonly string[]): Promise<readonly SessionLogEntry[]>;
}

/** The engine that keeps the records keeps the logs, so that both change in one commit. */
export interface LoggedRecordStore extends RecordStore {
  readonly log: SessionLog;
}

import { AppError } from '../../errors/app-error.ts';
import { ensureWithin, logPageLimits, maxOperationsPerLookup } from '../../ports/log-limits.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import type {
  AppendOutcome,
  LogAppend,
  LogPage,
  LogPosition,
  LogSnapshot,
  SessionLog,
} from '../../ports/session-log.ts';
import { logDataIn } from '../sql/log-data.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { SqliteConnection, SqliteRow } from './driver.ts';
import { readFailure } from './failure.ts';
import type { LogStatements } from './log-statements.ts';
import type { Tables } from './tables.ts';
import { WriteBuffer, writeEntries } from './write-buffer.ts';

interface SqliteSessionLogOptions {
  connection: SqliteConnection;
  tables: Tables;
  statements: LogStatements;
  /** Shared with all other writes of the store, so that one commit holds everything of a tick. */
  queue: CommitQueue;
  nextVersion: () => number;
  /** Throws when the store is closing. */
  refuseWhenClosing: () => void;
}

/** Rows that are taken at once while the size of a page is not known yet. */
const rowsPerStep = 64;

/** The logs in the same file, and the same commits, as the records. */
export class SqliteSessionLog implements SessionLog {
  readonly #options: SqliteSessionLogOptions;

  constructor(options: SqliteSessionLogOptions) {
    this.#options = options;
  }

  async append({ sessionId, expected, at, entries, changes }: LogAppend): Promise<AppendOutcome> {
    const { tables, statements, queue, nextVersion, refuseWhenClosing } = this.#options;
    refuseWhenClosing();
    const writes = new WriteBuffer(tables, nextVersion);
    const placed = writeEntries(writes, { sessionId, head: expected.seq, at, entries }, changes);
    writes.seal();
    const moved = await queue.commit([statements.stillAt(sessionId, expected)], writes.operations);
    if (moved !== undefined) return { outcome: 'moved', head: this.#reading(() => this.#head(sessionId)) };
    const head = { epoch: expected.epoch, seq: expected.seq + placed.length };
    return { outcome: 'appended', head, entries: placed };
  }

  async read(sessionId: string, since: number, limit: number): Promise<LogPage> {
    this.#options.refuseWhenClosing();
    ensureWithin('since', since, 0, Number.MAX_SAFE_INTEGER);
    ensureWithin('limit', limit, 1, logPageLimits.entries);
    // Entries never change their place, so those up to a head that was read before are what stood there then.
    return this.#reading(() => {
      const head = this.#head(sessionId);
      return { head, entries: this.#entriesAfter(sessionId, since, head.seq, limit) };
    });
  }

  async snapshot(sessionId: string, messages: number): Promise<LogSnapshot | undefined> {
    this.#options.refuseWhenClosing();
    ensureWithin('messages', messages, 0, logPageLimits.entries);
    return this.#reading(() => this.#together(() => this.#state(sessionId, messages)));
  }

  async operations(sessionId: string, operations: readonly string[]): Promise<readonly SessionLogEntry[]> {
    this.#options.refuseWhenClosing();
    ensureWithin('the number of operations', operations.length, 0, maxOperationsPerLookup);
    return this.#reading(() => this.#decode(this.#options.statements.operations(sessionId, operations)));
  }

  #head(sessionId: string): LogPosition {
    const head = this.#options.statements.position(sessionId);
    if (head === undefined) throw new AppError('not_found', 'There is no session with this id.');
    return head;
  }

  #state(sessionId: string, messages: number): LogSnapshot | undefined {
    const { tables, statements } = this.#options;
    const row = tables.row('supportSessions', sessionId);
    if (row === undefined) return undefined;
    const { codec } = tables.of('annotations');
    return {
      position: this.#head(sessionId),
      session: tables.of('supportSessions').codec.decode(row),
      annotations: statements.annotations(sessionId).map((annotation) => codec.decode(annotation)),
      messages: this.#decode(statements.said(sessionId, messages)).reverse(),
    };
  }

  #entriesAfter(sessionId: string, since: number, head: number, limit: number): SessionLogEntry[] {
    const entries: SessionLogEntry[] = [];
    let bytes = 0;
    for (const row of this.#rowsAfter(sessionId, since, head, limit)) {
      bytes += Buffer.byteLength(logDataIn(row));
      if (bytes > logPageLimits.bytes && entries.length > 0) break;
      entries.push(...this.#decode([row]));
    }
    return entries;
  }

  *#rowsAfter(sessionId: string, since: number, head: number, limit: number): Generator<SqliteRow> {
    for (let taken = 0; taken < limit; taken += rowsPerStep) {
      const wanted = Math.min(rowsPerStep, limit - taken);
      const rows = this.#options.statements.after(sessionId, since + taken, head, wanted);
      yield* rows;
      if (rows.length < wanted) return;
    }
  }

  #decode(rows: readonly SqliteRow[]): SessionLogEntry[] {
    const { codec } = this.#options.tables.of('sessionLog');
    return rows.map((row) => codec.decode(row));
  }

  /** Reads several things of one moment, although another process may write meanwhile. */
  #together<Result>(read: () => Result): Result {
    const { connection } = this.#options;
    connection.exec('BEGIN');
    try {
      return read();
    } finally {
      connection.exec('ROLLBACK');
    }
  }

  #reading<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      throw readFailure(error);
    }
  }
}

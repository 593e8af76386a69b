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
import type { SqlRow } from '../sql/record-codec.ts';
import type { RunWhileOpen } from '../stores/store-life.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Connections, Parameter, RunStatement } from './connections.ts';
import { readFailure } from './failure.ts';
import { headsStatement, logStatements } from './log-statements.ts';
import type { Tables } from './tables.ts';
import { type Check, logKey, WriteBuffer, writeEntries } from './write.ts';

interface PostgresSessionLogOptions {
  connections: Connections;
  tables: Tables;
  /** Shared with all other writes of the store. */
  queue: CommitQueue;
  nextVersion: () => number;
  /** Close waits for what is run here. */
  run: RunWhileOpen;
}

/** The logs in the same database, and the same commits, as the records. */
export class PostgresSessionLog implements SessionLog {
  readonly #options: PostgresSessionLogOptions;
  readonly #statements: ReturnType<typeof logStatements>;

  constructor(options: PostgresSessionLogOptions) {
    this.#options = options;
    this.#statements = logStatements(options.tables);
  }

  async append(append: LogAppend): Promise<AppendOutcome> {
    return this.#options.run(() => this.#append(append));
  }

  async read(sessionId: string, since: number, limit: number): Promise<LogPage> {
    return this.#options.run(() => this.#page(sessionId, since, limit));
  }

  async snapshot(sessionId: string, messages: number): Promise<LogSnapshot | undefined> {
    const { connections, run } = this.#options;
    return run(async () => {
      ensureWithin('messages', messages, 0, logPageLimits.entries);
      try {
        return await connections.lend((ask) => this.#together(ask, sessionId, messages));
      } catch (error) {
        throw readFailure(error);
      }
    });
  }

  async operations(sessionId: string, operations: readonly string[]): Promise<readonly SessionLogEntry[]> {
    return this.#options.run(async () => {
      ensureWithin('the number of operations', operations.length, 0, maxOperationsPerLookup);
      return this.#decode(await this.#ask(this.#statements.operations, [sessionId, operations]));
    });
  }

  async #append({ sessionId, expected, at, entries, changes }: LogAppend): Promise<AppendOutcome> {
    const { tables, queue, nextVersion } = this.#options;
    const buffer = new WriteBuffer(tables, nextVersion);
    const placed = writeEntries(buffer, { sessionId, head: expected.seq, at, entries }, changes);
    buffer.seal();
    const check: Check = { kind: 'head', key: logKey(sessionId), sessionId, ...expected };
    const appended = new Map([[sessionId, placed.length]]);
    const moved = await queue.commit({ checks: [check], writes: buffer.all, appended });
    if (moved !== undefined) return { outcome: 'moved', head: await this.#head(sessionId) };
    const head = { epoch: expected.epoch, seq: expected.seq + placed.length };
    return { outcome: 'appended', head, entries: placed };
  }

  async #page(sessionId: string, since: number, limit: number): Promise<LogPage> {
    ensureWithin('since', since, 0, Number.MAX_SAFE_INTEGER);
    ensureWithin('limit', limit, 1, logPageLimits.entries);
    const values = [sessionId, since, limit, logPageLimits.bytes];
    const rows = await this.#ask(this.#statements.page, values);
    const [first] = rows;
    if (first === undefined) throw noSession();
    const entries = first[2] === null ? [] : this.#decode(rows.map((row) => row.slice(2)));
    return { head: { epoch: String(first[0]), seq: Number(first[1]) }, entries };
  }

  async #head(sessionId: string): Promise<LogPosition> {
    const [row] = await this.#ask(headsStatement, [[sessionId]]);
    if (row === undefined) throw noSession();
    return { epoch: String(row[1]), seq: Number(row[2]) };
  }

  /** Reads several things of one moment, although others write meanwhile. */
  async #together(run: RunStatement, sessionId: string, messages: number): Promise<LogSnapshot | undefined> {
    const { tables } = this.#options;
    const [, [row], [head], annotations, said] = await Promise.all([
      run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
      run(tables.of('supportSessions').get, [sessionId]),
      run(headsStatement, [[sessionId]]),
      run(this.#statements.annotations, [sessionId]),
      run(this.#statements.said, [sessionId, messages]),
      run('COMMIT'),
    ]);
    if (row === undefined || head === undefined) return undefined;
    const { codec } = tables.of('annotations');
    return {
      position: { epoch: String(head[1]), seq: Number(head[2]) },
      session: tables.of('supportSessions').codec.decode(row),
      annotations: annotations.map((annotation) => codec.decode(annotation)),
      messages: this.#decode(said).reverse(),
    };
  }

  async #ask(text: string, values: readonly Parameter[]): Promise<SqlRow[]> {
    try {
      return await this.#options.connections.run(text, values);
    } catch (error) {
      throw readFailure(error);
    }
  }

  #decode(rows: readonly SqlRow[]): SessionLogEntry[] {
    const { codec } = this.#options.tables.of('sessionLog');
    return rows.map((row) => codec.decode(row));
  }
}

const noSession = (): AppError => new AppError('not_found', 'There is no session with this id.');

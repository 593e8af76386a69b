import type { Page, Query, RecordWriter, Transaction } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import type { LoggedRecordStore, SessionLog } from '../../ports/session-log.ts';
import { Turns } from '../../ports/turns.ts';
import type { OperatorLog } from '../../telemetry/service-calls.ts';
import { versionSource } from '../sql/version-source.ts';
import { StoreLife } from '../stores/store-life.ts';
import { untilCommitted } from '../stores/until-committed.ts';
import { CommitQueue } from './commit-queue.ts';
import { beginServing, emptyWriteAheadLog, openConnection } from './connection.ts';
import type { OpenConnection, SqliteConnection } from './driver.ts';
import { LogStatements } from './log-statements.ts';
import { migrate } from './migrate.ts';
import { OptimisticTransaction } from './optimistic-transaction.ts';
import { SqliteSessionLog } from './sqlite-session-log.ts';
import { Tables } from './tables.ts';
import { WriteBuffer } from './write-buffer.ts';

export interface SqliteStoreOptions {
  /** Path of the database; its folder must exist. Several processes on one machine may share it. */
  file: string;
  logger?: OperatorLog | undefined;
  /** How long writes wait while another process holds the file, before they are refused; 5000 by default. */
  lockWaitMs?: number;
  /** Another SQLite library than the one that comes with the code. */
  open?: OpenConnection;
}

class SqliteStore implements LoggedRecordStore {
  readonly log: SessionLog;
  readonly #connection: SqliteConnection;
  readonly #tables: Tables;
  readonly #queue: CommitQueue;
  readonly #logStatements: LogStatements;
  readonly #nextVersion = versionSource();
  readonly #turns = new Turns();
  readonly #life = new StoreLife();

  constructor(connection: SqliteConnection, options: SqliteStoreOptions) {
    this.#connection = connection;
    this.#tables = new Tables(connection);
    this.#queue = new CommitQueue({ ...options, connection });
    this.#logStatements = new LogStatements(connection, this.#tables);
    this.log = new SqliteSessionLog({
      connection,
      tables: this.#tables,
      statements: this.#logStatements,
      queue: this.#queue,
      nextVersion: this.#nextVersion,
      refuseWhenClosing: this.#life.refuseWhenClosing,
    });
  }

  async get<Name extends CollectionName>(collection: Name, id: string): Promise<Records[Name] | undefined> {
    this.#life.refuseWhenClosing();
    const row = this.#tables.row(collection, id);
    return row === undefined ? undefined : this.#tables.of(collection).codec.decode(row);
  }

  async list<Name extends CollectionName>(
    collection: Name,
    query: Query<Name>,
  ): Promise<Page<Records[Name]>> {
    this.#life.refuseWhenClosing();
    return this.#tables.page(collection, query);
  }

  async write(work: (writer: RecordWriter) => void): Promise<void> {
    this.#life.refuseWhenClosing();
    const writes = new WriteBuffer(this.#tables, this.#nextVersion);
    work(writes);
    writes.seal();
    if (writes.operations.length > 0) await this.#queue.commit([], writes.operations);
  }

  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#life.run(() => this.#tryUntilCommitted(work));
  }

  async #tryUntilCommitted<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return untilCommitted(this.#turns, async (tries) => {
      const transaction = new OptimisticTransaction(this.#tables, this.#logStatements, this.#nextVersion);
      const result = await work(transaction);
      transaction.writes.seal();
      return { result, beatenFor: (await this.#commit(transaction, tries > 0))?.key };
    });
  }

  /** One record that was only read cannot contradict anything; several must have been true together. */
  async #commit(transaction: OptimisticTransaction, again: boolean): Promise<{ key: string } | undefined> {
    const { checks, writes } = transaction;
    if (writes.operations.length === 0 && checks.length < 2) return undefined;
    return this.#queue.commit(checks, writes.operations, again);
  }

  async healthy(): Promise<boolean> {
    if (this.#life.isClosing || this.#queue.failing) return false;
    try {
      this.#tables.row('settings', 'shop');
      return true;
    } catch {
      return false;
    }
  }

  close(): Promise<void> {
    return this.#life.close(() => this.#letGo());
  }

  async #letGo(): Promise<void> {
    await this.#queue.idle();
    emptyWriteAheadLog(this.#connection);
    this.#connection.close();
  }
}

/**
 * Opens (or makes) the records in a SQLite file, with the logs of their sessions, and brings its schema up to date.
 * Throws when the file belongs to a newer version of the code or is no database.
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<LoggedRecordStore> => {
  const open = options.open ?? (await import('./libsql-driver.ts')).openLibsql;
  const connection = openConnection(open, options.file);
  try {
    migrate(connection, options.file);
    beginServing(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return new SqliteStore(connection, options);
};

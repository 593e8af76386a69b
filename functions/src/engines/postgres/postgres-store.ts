import { withinDeadline } from '../../ports/deadline.ts';
import type { Page, Query, RecordWriter, Transaction } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import type { LoggedRecordStore, SessionLog } from '../../ports/session-log.ts';
import { Turns } from '../../ports/turns.ts';
import type { OperatorLog } from '../../telemetry/service-calls.ts';
import { versionSource } from '../sql/version-source.ts';
import { StoreLife } from '../stores/store-life.ts';
import { untilCommitted } from '../stores/until-committed.ts';
import { CommitQueue } from './commit-queue.ts';
import { Connections, type ConnectionsOptions } from './connections.ts';
import { DatabaseFailure, isMachineFailure } from './failure.ts';
import { migrate } from './migrate.ts';
import { OptimisticTransaction } from './optimistic-transaction.ts';
import { PostgresSessionLog } from './postgres-session-log.ts';
import { Tables } from './tables.ts';
import { type Check, type UnitContent, WriteBuffer } from './write.ts';

export interface PostgresStoreOptions extends ConnectionsOptions {
  logger?: OperatorLog | undefined;
  /** How long a server that cannot be reached is waited for; not at all by default. */
  waitMs?: number;
}

/** How long others are held back for one that lost: enough to read again over a network. */
const holdMs = 100;
const healthWithinMs = 1000;

const nothing: UnitContent = { checks: [], writes: [], appended: new Map() };

class PostgresStore implements LoggedRecordStore {
  readonly log: SessionLog;
  readonly #connections: Connections;
  readonly #tables: Tables;
  readonly #queue: CommitQueue;
  readonly #nextVersion = versionSource();
  readonly #turns = new Turns();
  readonly #life = new StoreLife();

  constructor(options: PostgresStoreOptions) {
    const connections = new Connections(options);
    const tables = new Tables(connections.run);
    const queue = new CommitQueue({ connections, tables, logger: options.logger });
    this.#connections = connections;
    this.#tables = tables;
    this.#queue = queue;
    this.log = new PostgresSessionLog({
      connections,
      tables,
      queue,
      nextVersion: this.#nextVersion,
      run: this.#life.run,
    });
  }

  async get<Name extends CollectionName>(collection: Name, id: string): Promise<Records[Name] | undefined> {
    const row = await this.#life.run(() => this.#tables.row(collection, id));
    return row === undefined ? undefined : this.#tables.of(collection).codec.decode(row);
  }

  async list<Name extends CollectionName>(
    collection: Name,
    query: Query<Name>,
  ): Promise<Page<Records[Name]>> {
    return this.#life.run(() => this.#tables.page(collection, query));
  }

  async write(work: (writer: RecordWriter) => void): Promise<void> {
    return this.#life.run(async () => {
      const buffer = new WriteBuffer(this.#tables, this.#nextVersion);
      work(buffer);
      buffer.seal();
      if (buffer.all.length > 0) {
        await this.#queue.commit({ checks: [], writes: buffer.all, appended: new Map() });
      }
    });
  }

  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#life.run(() => this.#tryUntilCommitted(work));
  }

  async #tryUntilCommitted<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    let letGo = (): void => undefined;
    return untilCommitted(this.#turns, async (tries) => {
      const transaction = new OptimisticTransaction({
        run: this.#connections.run,
        tables: this.#tables,
        nextVersion: this.#nextVersion,
      });
      const result = await work(transaction);
      const beatenFor = (await this.#commit(transaction.seal(), tries > 0))?.key;
      letGo();
      if (beatenFor !== undefined) letGo = this.#queue.holds.place(beatenFor, holdMs);
      return { result, beatenFor };
    }).finally(() => letGo());
  }

  /** One record that was only read cannot contradict anything; several must have been true together. */
  async #commit(unit: UnitContent, again: boolean): Promise<Check | undefined> {
    if (unit.writes.length === 0 && unit.checks.length < 2) return undefined;
    return this.#queue.commit(unit, again);
  }

  async healthy(): Promise<boolean> {
    if (this.#life.isClosing) return false;
    // While writes are refused a commit that changes nothing asks whether they still are.
    const ask = (): Promise<unknown> =>
      this.#queue.failing ? this.#queue.commit(nothing) : this.#connections.run('SELECT 1');
    return withinDeadline({ limitMs: healthWithinMs }, ask).then(
      () => true,
      () => false,
    );
  }

  close(): Promise<void> {
    return this.#life.close(() => this.#letGo());
  }

  async #letGo(): Promise<void> {
    await this.#queue.idle();
    await this.#connections.close();
  }
}

const retryEveryMs = 1000;

/** Migrates as soon as the server answers: it may be started together with this process. */
const migrateWhenReachable = async ({ url, logger, waitMs = 0 }: PostgresStoreOptions): Promise<void> => {
  const giveUpAt = performance.now() + waitMs;
  for (let told = false; ; told = true) {
    try {
      await migrate(url);
      return;
    } catch (error) {
      const reachable = !isMachineFailure(error) || (error instanceof DatabaseFailure && error.refused);
      if (reachable || performance.now() >= giveUpAt) throw error;
      if (!told) logger?.error({ err: error }, 'PostgreSQL does not answer yet: waiting for it');
      await new Promise((resolve) => setTimeout(resolve, retryEveryMs));
    }
  }
};

/**
 * Opens the records in a PostgreSQL database, with the logs of their sessions, and brings its schema up to date.
 * Throws when the database cannot be reached or belongs to a newer version of the code.
 */
export const openPostgresStore = async (options: PostgresStoreOptions): Promise<LoggedRecordStore> => {
  await migrateWhenReachable(options);
  return new PostgresStore(options);
};

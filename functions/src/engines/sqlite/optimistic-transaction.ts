import type { Page, Query, Transaction } from '../../ports/record-store.ts';
import type { CollectionName, NewLogEntry, Records, SessionLogEntry, Time } from '../../ports/records.ts';
import { HeldWrites } from '../stores/held-writes.ts';
import type { ReadCheck } from './commit-queue.ts';
import type { LogStatements } from './log-statements.ts';
import { versionIn } from './table.ts';
import type { Tables } from './tables.ts';
import { WriteBuffer, writeEntries } from './write-buffer.ts';

/** One try of a transaction: remembers the versions of what it read and holds back what it writes. */
export class OptimisticTransaction extends HeldWrites<WriteBuffer> implements Transaction {
  readonly #tables: Tables;
  readonly #log: LogStatements;
  readonly #checks = new Map<string, ReadCheck>();
  /** Where each log stands after the entries of this transaction. */
  readonly #heads = new Map<string, number>();

  constructor(tables: Tables, log: LogStatements, nextVersion: () => number) {
    super(new WriteBuffer(tables, nextVersion));
    this.#tables = tables;
    this.#log = log;
  }

  get checks(): ReadCheck[] {
    return [...this.#checks.values()];
  }

  async get<Name extends CollectionName>(collection: Name, id: string): Promise<Records[Name] | undefined> {
    const table = this.#tables.of(collection);
    const row = this.#tables.row(collection, id);
    const key = `${collection}/${id}`;
    if (!this.#checks.has(key)) {
      this.#checks.set(key, { key, current: table.version, values: [id], version: versionIn(row) });
    }
    return row === undefined ? undefined : table.codec.decode(row);
  }

  async list<Name extends CollectionName>(
    collection: Name,
    query: Query<Name>,
  ): Promise<Page<Records[Name]>> {
    return this.#tables.page(collection, query);
  }

  async append(
    sessionId: string,
    at: Time,
    entries: readonly NewLogEntry[],
  ): Promise<readonly SessionLogEntry[]> {
    const head = this.#heads.get(sessionId) ?? this.#readHead(sessionId);
    const placed = writeEntries(this.writes, { sessionId, head, at, entries });
    this.#heads.set(sessionId, head + placed.length);
    return placed;
  }

  #readHead(sessionId: string): number {
    const head = this.#log.head(sessionId);
    this.#checks.set(head.key, head);
    return head.version;
  }
}

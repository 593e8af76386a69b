import type { Page, Query, Transaction } from '../../ports/record-store.ts';
import type { CollectionName, NewLogEntry, Records, SessionLogEntry, Time } from '../../ports/records.ts';
import { HeldWrites } from '../stores/held-writes.ts';
import type { RunStatement } from './connections.ts';
import { readFailure } from './failure.ts';
import { headStatement } from './log-statements.ts';
import { type Tables, versionIn } from './tables.ts';
import { type Check, logKey, recordKey, type UnitContent, WriteBuffer, writeEntries } from './write.ts';

interface OptimisticTransactionOptions {
  run: RunStatement;
  tables: Tables;
  nextVersion: () => number;
}

/** One try of a transaction: remembers the versions of what it read and holds back what it writes. */
export class OptimisticTransaction extends HeldWrites<WriteBuffer> implements Transaction {
  readonly #options: OptimisticTransactionOptions;
  readonly #checks = new Map<string, Check>();
  /** Where each log stood, and stands after the entries of this transaction. */
  readonly #heads = new Map<string, number>();
  readonly #appended = new Map<string, number>();

  constructor(options: OptimisticTransactionOptions) {
    super(new WriteBuffer(options.tables, options.nextVersion));
    this.#options = options;
  }

  /** Ends the try: what is to be committed. */
  seal(): UnitContent {
    this.writes.seal();
    return { checks: [...this.#checks.values()], writes: this.writes.all, appended: this.#appended };
  }

  async get<Name extends CollectionName>(collection: Name, id: string): Promise<Records[Name] | undefined> {
    const { tables } = this.#options;
    const row = await tables.row(collection, id);
    const key = recordKey(collection, id);
    if (!this.#checks.has(key)) {
      this.#checks.set(key, { kind: 'record', key, collection, id, version: versionIn(row) });
    }
    return row === undefined ? undefined : tables.of(collection).codec.decode(row);
  }

  list<Name extends CollectionName>(collection: Name, query: Query<Name>): Promise<Page<Records[Name]>> {
    return this.#options.tables.page(collection, query);
  }

  async append(
    sessionId: string,
    at: Time,
    entries: readonly NewLogEntry[],
  ): Promise<readonly SessionLogEntry[]> {
    const head = this.#heads.get(sessionId) ?? (await this.#readHead(sessionId));
    const placed = writeEntries(this.writes, { sessionId, head, at, entries });
    this.#heads.set(sessionId, head + placed.length);
    this.#appended.set(sessionId, (this.#appended.get(sessionId) ?? 0) + placed.length);
    return placed;
  }

  async #readHead(sessionId: string): Promise<number> {
    const rows = await this.#options.run(headStatement, [sessionId]).catch((error: unknown) => {
      throw readFailure(error);
    });
    const seq = Number(rows[0]?.[0]);
    const key = logKey(sessionId);
    this.#checks.set(key, { kind: 'head', key, sessionId, seq });
    return seq;
  }
}

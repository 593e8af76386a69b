import { logEntryId } from '../../ports/log-entry.ts';
import type { Page, Query, Transaction } from '../../ports/record-store.ts';
import type { CollectionName, NewLogEntry, Records, SessionLogEntry, Time } from '../../ports/records.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import { HeldWrites } from '../stores/held-writes.ts';
import type { DocumentRead, TransactionUnit } from './commit-transaction.ts';
import { fromDocument } from './document-codec.ts';
import type { Documents } from './document-names.ts';
import { readPage } from './list-query.ts';
import { logKey, newestEntry } from './log-heads.ts';
import { type DocumentWrite, UnitWrites, writeEntries } from './unit-writes.ts';

interface TransactionOptions {
  documents: Documents;
  calls: ServiceCalls;
}

/** One try of a transaction: remembers the versions of what it read and holds back what it writes. */
export class OptimisticTransaction extends HeldWrites<UnitWrites> implements Transaction {
  readonly #options: TransactionOptions;
  readonly #reads = new Map<string, DocumentRead>();
  /** Where each log stands after the entries of this transaction. */
  readonly #heads = new Map<string, number>();
  /** The epochs of the sessions that were read. */
  readonly #epochs = new Map<string, string>();

  constructor(options: TransactionOptions) {
    super(new UnitWrites(options.documents));
    this.#options = options;
  }

  async get<Name extends CollectionName>(collection: Name, id: string): Promise<Records[Name] | undefined> {
    const { documents, calls } = this.#options;
    const ref = documents.one(collection, id);
    const found = await calls.make(() => ref.get());
    const { updateTime } = found;
    if (!this.#reads.has(ref.path)) this.#reads.set(ref.path, { key: ref.path, ref, updateTime });
    const document = found.data();
    if (document === undefined) return undefined;
    if (collection === 'supportSessions') this.#epochs.set(ref.path, String(document.epoch));
    return fromDocument(collection, document);
  }

  list<Name extends CollectionName>(collection: Name, query: Query<Name>): Promise<Page<Records[Name]>> {
    return readPage(this.#options, collection, query);
  }

  async append(
    sessionId: string,
    at: Time,
    entries: readonly NewLogEntry[],
  ): Promise<readonly SessionLogEntry[]> {
    const head = this.#heads.get(sessionId) ?? (await this.#readHead(sessionId));
    const placed = writeEntries(this.writes, { sessionId, head, at, entries });
    this.#heads.set(sessionId, head + placed.length);
    return placed;
  }

  /** What is to be committed. */
  async unit(): Promise<TransactionUnit> {
    this.writes.seal();
    const writes = this.writes.all;
    const renewed = await Promise.all(writes.filter((write) => this.#renewsEpoch(write)).map(this.#markHead));
    return { reads: [...this.#reads.values()], writes: [...writes, ...renewed.flat()] };
  }

  /** The head's entry, and that the place behind it is free: whoever appends takes that. */
  async #readHead(sessionId: string): Promise<number> {
    const { documents, calls } = this.#options;
    const found = await calls.make(() => newestEntry(documents, sessionId).get());
    const last = found.docs[0];
    const key = logKey(sessionId);
    if (last) this.#reads.set(last.ref.path, { key, ref: last.ref, updateTime: last.updateTime });
    const seq = Number(last?.get('seq') ?? 0);
    const next = documents.one('sessionLog', logEntryId(sessionId, seq + 1));
    this.#reads.set(next.path, { key, ref: next, updateTime: undefined });
    return seq;
  }

  #renewsEpoch({ collection, ref, effect }: DocumentWrite): boolean {
    const before = this.#epochs.get(ref.path);
    if (collection !== 'supportSessions' || before === undefined) return false;
    return effect.kind === 'set' && effect.document.epoch !== before;
  }

  /**
   * A node that knows the head does not look at the session before it appends: another epoch is also written to
   * the head's entry, so that such a node finds it changed.
   */
  readonly #markHead = async ({ id, effect }: DocumentWrite): Promise<DocumentWrite[]> => {
    const { documents, calls } = this.#options;
    const found = await calls.make(() => newestEntry(documents, id).get());
    const entry = found.docs[0];
    if (entry === undefined || effect.kind !== 'set') return [];
    const document = { ...entry.data(), epoch: effect.document.epoch };
    this.#reads.set(entry.ref.path, { key: logKey(id), ref: entry.ref, updateTime: entry.updateTime });
    const write = { collection: 'sessionLog', id: entry.id, ref: entry.ref, mustBeNew: false } as const;
    return [{ ...write, effect: { kind: 'set', document } }];
  };
}

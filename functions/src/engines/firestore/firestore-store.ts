import type { Firestore } from 'firebase-admin/firestore';
import { withinDeadline } from '../../ports/deadline.ts';
import type { Page, Query, RecordWriter, Transaction } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import type { LoggedRecordStore, SessionLog } from '../../ports/session-log.ts';
import { Turns } from '../../ports/turns.ts';
import { type OperatorLog, ServiceCalls } from '../../telemetry/service-calls.ts';
import { StoreLife } from '../stores/store-life.ts';
import { untilCommitted } from '../stores/until-committed.ts';
import { commitTransaction } from './commit-transaction.ts';
import { commitUnit } from './commit-unit.ts';
import { fromDocument } from './document-codec.ts';
import { type Documents, documentsOf } from './document-names.ts';
import { judgeFailure } from './failure.ts';
import { FirestoreSessionLog } from './firestore-session-log.ts';
import { readPage } from './list-query.ts';
import { LogHeads } from './log-heads.ts';
import { OptimisticTransaction } from './optimistic-transaction.ts';
import { type DocumentWrite, UnitWrites } from './unit-writes.ts';

export interface FirestoreStoreOptions {
  firestore: Firestore;
  logger?: OperatorLog | undefined;
  /** Path of a document below which the collections are, instead of at the root of the database. */
  parent?: string;
  /** Longest wait for one answer of Firestore; 8000 by default. */
  deadlineMs?: number;
  /** Lets go of the connection; called once, after everything under way has ended. */
  disconnect(): Promise<void>;
}

const defaultDeadlineMs = 8000;
/** Whoever asks how a server is does not wait for as long as a request may. */
const healthWithinMs = 1000;

class FirestoreStore implements LoggedRecordStore {
  readonly log: SessionLog;
  readonly #documents: Documents;
  readonly #calls: ServiceCalls;
  readonly #heads: LogHeads;
  readonly #disconnect: () => Promise<void>;
  readonly #turns = new Turns();
  readonly #life = new StoreLife();

  constructor({
    firestore,
    parent,
    logger,
    disconnect,
    deadlineMs = defaultDeadlineMs,
  }: FirestoreStoreOptions) {
    this.#documents = documentsOf(firestore, parent);
    this.#calls = new ServiceCalls({ service: 'Firestore', deadlineMs, logger, judge: judgeFailure });
    this.#heads = new LogHeads(this.#documents, this.#calls);
    this.#disconnect = disconnect;
    this.log = new FirestoreSessionLog({
      documents: this.#documents,
      calls: this.#calls,
      heads: this.#heads,
      turns: this.#turns,
      run: this.#life.run,
    });
  }

  async get<Name extends CollectionName>(collection: Name, id: string): Promise<Records[Name] | undefined> {
    const read = () => this.#calls.make(() => this.#documents.one(collection, id).get());
    const document = (await this.#life.run(read)).data();
    return document === undefined ? undefined : fromDocument(collection, document);
  }

  async list<Name extends CollectionName>(
    collection: Name,
    query: Query<Name>,
  ): Promise<Page<Records[Name]>> {
    return this.#life.run(() => readPage(this.#parts, collection, query));
  }

  async write(work: (writer: RecordWriter) => void): Promise<void> {
    return this.#life.run(async () => {
      const unit = new UnitWrites(this.#documents);
      work(unit);
      unit.seal();
      const writes = unit.all;
      if (writes.length === 0) return;
      await commitUnit(this.#parts, writes);
      this.#forgetHeads(writes);
    });
  }

  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#life.run(() => this.#tryUntilCommitted(work));
  }

  async #tryUntilCommitted<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return untilCommitted(this.#turns, async () => {
      const transaction = new OptimisticTransaction(this.#parts);
      const result = await work(transaction);
      const unit = await transaction.unit();
      const beatenFor = await commitTransaction(this.#parts, unit);
      this.#forgetHeads(unit.writes);
      return { result, beatenFor };
    });
  }

  async healthy(): Promise<boolean> {
    if (this.#life.isClosing) return false;
    const asked = () => this.#calls.make(() => this.#documents.one('settings', 'shop').get());
    return withinDeadline({ limitMs: healthWithinMs }, asked).then(
      () => true,
      () => false,
    );
  }

  close(): Promise<void> {
    return this.#life.close(() => this.#letGo());
  }

  get #parts() {
    return { documents: this.#documents, calls: this.#calls };
  }

  /** Whoever writes a session may have given its log another epoch. */
  #forgetHeads(writes: readonly DocumentWrite[]): void {
    for (const { collection, id } of writes) if (collection === 'supportSessions') this.#heads.forget(id);
  }

  async #letGo(): Promise<void> {
    // The SDK waits for calls that a dead service never answers; nobody else waits for them any more.
    await this.#calls.make(this.#disconnect).catch(() => undefined);
  }
}

/** The records of a Firestore database, with the logs of their sessions. */
export const createFirestoreStore = (options: FirestoreStoreOptions): LoggedRecordStore =>
  new FirestoreStore(options);

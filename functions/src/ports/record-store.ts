import type { CollectionName, NewLogEntry, Records, SessionLogEntry, Time } from './records.ts';

/** Fields of a record by which it can be looked for. */
export type FieldOf<Name extends CollectionName> = keyof Records[Name] & string;

/**
 * One condition. `==` compares, `in` wants one of up to 30 values, `contains` wants a list field that holds one
 * of up to 30 texts; `<`, `<=`, `>` and `>=` are allowed on the field that orders the result.
 */
export interface Condition<Name extends CollectionName> {
  field: FieldOf<Name>;
  operator: '==' | 'in' | 'contains' | '<' | '<=' | '>' | '>=';
  value: string | number | boolean | readonly string[];
}

/**
 * A list to read: conditions hold together, at most one of them is `contains`, the order is total (ties by id in
 * the same direction; texts by code point), and each filtered field has its index with the ordering field in
 * `collections` (all records by `id` are a list of every collection); a query without one is a mistake in the
 * program and is refused by every engine with a plain Error (`queryProblem` says why). Records without the ordering
 * field are in no list over it.
 */
export interface Query<Name extends CollectionName> {
  where?: readonly Condition<Name>[];
  orderBy: FieldOf<Name>;
  direction: 'ascending' | 'descending';
  limit: number;
  /** `nextCursor` of the page before; AppError `malformed_cursor` when it was not made by such a list. */
  cursor?: string | undefined;
}

export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextCursor?: string;
}

/** Numeric fields, which alone can be incremented. */
export type NumericFieldOf<Name extends CollectionName> = {
  [Field in FieldOf<Name>]-?: Records[Name][Field] extends number ? Field : never;
}[FieldOf<Name>];

/** Reads outside and inside a transaction. Records that are handed out belong to the caller. */
export interface RecordReader {
  get<Name extends CollectionName>(collection: Name, id: string): Promise<Records[Name] | undefined>;
  list<Name extends CollectionName>(collection: Name, query: Query<Name>): Promise<Page<Records[Name]>>;
}

/**
 * Writes that are committed together or not at all, in the order in which they were called. Records are taken as
 * they are at the call. A text with U+0000 fails with AppError `validation_failed` (inside `json` it is kept); a
 * value of another kind than its field's throws a TypeError.
 */
export interface RecordWriter {
  /** Fails the transaction with AppError `already_exists` when the id is taken. */
  create<Name extends CollectionName>(collection: Name, record: Records[Name]): void;
  /** Makes the record or replaces it whole. */
  put<Name extends CollectionName>(collection: Name, record: Records[Name]): void;
  delete<Name extends CollectionName>(collection: Name, id: string): void;
  /**
   * Adds to numeric fields without reading, so that writers of one counter never conflict; `record` is created
   * as it is when its id is new.
   */
  increment<Name extends CollectionName>(
    collection: Name,
    record: Records[Name],
    fields: readonly NumericFieldOf<Name>[],
  ): void;
}

/**
 * Reads see the state before the transaction's own writes. What `get` read is checked at commit: if another
 * writer changed one of those records meanwhile, nothing is written and the work runs again, up to 20 times,
 * then AppError `conflict`. So the work must do nothing but read and write through the transaction, and await
 * each of its steps. Lists are not checked; `get` the records that the decision rests on. In a transaction that
 * writes nothing, what was read by several `get` was true together.
 */
export interface Transaction extends RecordReader, RecordWriter {
  /**
   * Adds entries (1 to `logLimits.entries`) at the end of a session's log. The head is checked at commit like a
   * record that `get` read: when somebody appended meanwhile, the work runs again. A transaction that appends has
   * also read the session by `get`, or creates it. AppError `payload_too_large` as in `SessionLog`.
   */
  append(sessionId: string, at: Time, entries: readonly NewLogEntry[]): Promise<readonly SessionLogEntry[]>;
}

/**
 * Keeps records. A write is acknowledged (its promise fulfilled) after it is as durable as the engine promises.
 * A store that is slow, full or gone fails with AppError `unavailable`, and nothing was acknowledged then.
 */
export interface RecordStore extends RecordReader {
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Writes without reading: the cheapest way to commit; many callers share one commit. */
  write(work: (writer: RecordWriter) => void): Promise<void>;
  /** Whether the store answers and its last write was not refused; never throws. */
  healthy(): Promise<boolean>;
  /**
   * Finishes what is under way and lets go of everything; safe to call twice. Whoever comes later gets AppError
   * `unavailable`.
   */
  close(): Promise<void>;
}

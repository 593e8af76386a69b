import type { NumericFieldOf, RecordWriter } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import { logDataIn } from '../sql/log-data.ts';
import type { SqlValue } from '../sql/record-codec.ts';
import { createEntryWriter } from '../stores/entry-writer.ts';
import type { Tables } from './tables.ts';

/** One write, its record encoded: the values of all columns in their order, the version behind them. */
export interface Write {
  kind: 'create' | 'put' | 'delete' | 'increment';
  collection: CollectionName;
  id: string;
  /** Only the id for `delete`. */
  values: SqlValue[];
  /** Places of the columns that `increment` adds to. */
  added: readonly number[];
}

/** Something that was read and must still be so when the unit is committed. */
export type Check =
  | { kind: 'record'; key: string; collection: CollectionName; id: string; version: number }
  /** A log stands at `seq`; in this epoch, when one is named. */
  | { kind: 'head'; key: string; sessionId: string; seq: number; epoch?: string };

/** What is committed together or not at all. */
export interface UnitContent {
  checks: readonly Check[];
  writes: readonly Write[];
  /** How many entries each session's log grows by. */
  appended: ReadonlyMap<string, number>;
}

export const recordKey = (collection: CollectionName, id: string): string => `${collection}/${id}`;

export const logKey = (sessionId: string): string => `log of ${sessionId}`;

/** Collects writes; records are encoded at once, so later changes by the caller are not seen. */
export class WriteBuffer implements RecordWriter {
  readonly all: Write[] = [];
  readonly #tables: Tables;
  readonly #nextVersion: () => number;
  #sealed = false;

  constructor(tables: Tables, nextVersion: () => number) {
    this.#tables = tables;
    this.#nextVersion = nextVersion;
  }

  create<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    this.#add('create', collection, record, []);
  }

  put<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    this.#add('put', collection, record, []);
  }

  increment<Name extends CollectionName>(
    collection: Name,
    record: Records[Name],
    fields: readonly NumericFieldOf<Name>[],
  ): void {
    const { fields: all } = this.#tables.of(collection).codec;
    const added = fields.map((field) => all.indexOf(field));
    this.#add('increment', collection, record, added);
  }

  delete<Name extends CollectionName>(collection: Name, id: string): void {
    this.#push({ kind: 'delete', collection, id, values: [id], added: [] });
  }

  /** A write that comes after the commit would be lost without a word, so it throws. */
  seal(): void {
    this.#sealed = true;
  }

  #add<Name extends CollectionName>(
    kind: Write['kind'],
    collection: Name,
    record: Records[Name],
    added: readonly number[],
  ): void {
    const values = this.#tables.of(collection).codec.encode(record, this.#nextVersion());
    this.#push({ kind, collection, id: record.id, values, added });
  }

  #push(write: Write): void {
    if (this.#sealed) throw new Error('This transaction is over; was one of its steps not awaited?');
    this.all.push(write);
  }
}

export const writeEntries = createEntryWriter<WriteBuffer, Write>({
  all: ({ all }) => all,
  valuesOf: ({ values }) => values,
  dataOf: ({ values }) => logDataIn(values),
});

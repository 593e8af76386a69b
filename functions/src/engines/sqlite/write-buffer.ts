import type { NumericFieldOf, RecordWriter } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import { logDataIn } from '../sql/log-data.ts';
import { createEntryWriter } from '../stores/entry-writer.ts';
import type { Operation } from './commit-queue.ts';
import type { Tables } from './tables.ts';

/** Collects writes as bound statements; records are encoded at once, so later changes by the caller are not seen. */
export class WriteBuffer implements RecordWriter {
  readonly operations: Operation[] = [];
  readonly #tables: Tables;
  readonly #nextVersion: () => number;
  #sealed = false;

  constructor(tables: Tables, nextVersion: () => number) {
    this.#tables = tables;
    this.#nextVersion = nextVersion;
  }

  create<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    const table = this.#tables.of(collection);
    this.#add({
      statement: table.create,
      values: table.codec.encode(record, this.#nextVersion()),
      creates: true,
    });
  }

  put<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    const table = this.#tables.of(collection);
    this.#add({
      statement: table.put,
      values: table.codec.encode(record, this.#nextVersion()),
      creates: false,
    });
  }

  delete<Name extends CollectionName>(collection: Name, id: string): void {
    this.#add({ statement: this.#tables.of(collection).delete, values: [id], creates: false });
  }

  increment<Name extends CollectionName>(
    collection: Name,
    record: Records[Name],
    fields: readonly NumericFieldOf<Name>[],
  ): void {
    const table = this.#tables.of(collection);
    const values = table.codec.encode(record, this.#nextVersion());
    this.#add({ statement: table.increment(fields), values, creates: false });
  }

  /** A write that comes after the commit would be lost without a word, so it throws. */
  seal(): void {
    this.#sealed = true;
  }

  #add(operation: Operation): void {
    if (this.#sealed) throw new Error('This transaction is over; was one of its steps not awaited?');
    this.operations.push(operation);
  }
}

export const writeEntries = createEntryWriter<WriteBuffer, Operation>({
  all: ({ operations }) => operations,
  valuesOf: ({ values }) => values,
  dataOf: ({ values }) => logDataIn(values),
});

import type { NumericFieldOf, RecordWriter } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';

/** Holds back what a transaction writes until it is committed; an engine adds what it reads. */
export abstract class HeldWrites<Held extends RecordWriter> implements RecordWriter {
  readonly writes: Held;

  constructor(writes: Held) {
    this.writes = writes;
  }

  create<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    this.writes.create(collection, record);
  }

  put<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    this.writes.put(collection, record);
  }

  delete<Name extends CollectionName>(collection: Name, id: string): void {
    this.writes.delete(collection, id);
  }

  increment<Name extends CollectionName>(
    collection: Name,
    record: Records[Name],
    fields: readonly NumericFieldOf<Name>[],
  ): void {
    this.writes.increment(collection, record, fields);
  }
}

import type { DocumentData, DocumentReference } from 'firebase-admin/firestore';
import type { NumericFieldOf, RecordWriter } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import { createEntryWriter } from '../stores/entry-writer.ts';
import { toDocument } from './document-codec.ts';
import type { Documents } from './document-names.ts';
import { alreadyExists } from './failure.ts';

type Sums = Readonly<Record<string, number>>;

/** What one document is to become. */
type Effect =
  | { kind: 'set'; document: DocumentData }
  | { kind: 'delete' }
  /** Adds to what is there; `document` when nothing is. */
  | { kind: 'add'; document: DocumentData; sums: Sums };

/** All that a unit does to one document, folded into one write. */
export interface DocumentWrite {
  collection: CollectionName;
  id: string;
  ref: DocumentReference;
  /** The unit fails when the document is there before it. */
  mustBeNew: boolean;
  effect: Effect;
}

const plus = (source: DocumentData, added: Sums): DocumentData => {
  const sums = Object.entries(added).map(([field, more]) => [field, Number(source[field] ?? 0) + more]);
  return { ...source, ...Object.fromEntries(sums) };
};

const addedTo = (before: Effect | undefined, document: DocumentData, sums: Sums): Effect => {
  if (before === undefined) return { kind: 'add', document, sums };
  if (before.kind === 'delete') return { kind: 'set', document };
  if (before.kind === 'set') return { kind: 'set', document: plus(before.document, sums) };
  return { kind: 'add', document: plus(before.document, sums), sums: plus(before.sums, sums) };
};

/**
 * Collects writes and folds those of one document, since Firestore counts and checks each. Records are encoded
 * at once, so later changes by the caller are not seen.
 */
export class UnitWrites implements RecordWriter {
  readonly #documents: Documents;
  readonly #writes = new Map<string, DocumentWrite>();
  #sealed = false;

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  get all(): DocumentWrite[] {
    return [...this.#writes.values()];
  }

  create<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    const before = this.#writes.get(this.#documents.one(collection, record.id).path);
    if (before !== undefined && before.effect.kind !== 'delete') throw alreadyExists();
    const effect: Effect = { kind: 'set', document: toDocument(collection, record) };
    this.#add(collection, record.id, effect, before === undefined);
  }

  put<Name extends CollectionName>(collection: Name, record: Records[Name]): void {
    this.#add(collection, record.id, { kind: 'set', document: toDocument(collection, record) });
  }

  delete<Name extends CollectionName>(collection: Name, id: string): void {
    this.#add(collection, id, { kind: 'delete' });
  }

  increment<Name extends CollectionName>(
    collection: Name,
    record: Records[Name],
    fields: readonly NumericFieldOf<Name>[],
  ): void {
    const document = toDocument(collection, record);
    const before = this.#writes.get(this.#documents.one(collection, record.id).path);
    const sums = Object.fromEntries(fields.map((field) => [field, Number(document[field] ?? 0)]));
    this.#add(collection, record.id, addedTo(before?.effect, document, sums));
  }

  /** A write that comes after the commit would be lost without a word, so it throws. */
  seal(): void {
    this.#sealed = true;
  }

  #add(collection: CollectionName, id: string, effect: Effect, mustBeNew = false): void {
    if (this.#sealed) throw new Error('This transaction is over; was one of its steps not awaited?');
    const ref = this.#documents.one(collection, id);
    const before = this.#writes.get(ref.path);
    this.#writes.set(ref.path, {
      collection,
      id,
      ref,
      mustBeNew: mustBeNew || (before?.mustBeNew ?? false),
      effect,
    });
  }
}

export const writeEntries = createEntryWriter<UnitWrites, DocumentWrite>({
  all: ({ all }) => all,
  valuesOf: ({ effect, id }) => (effect.kind === 'delete' ? [id] : Object.values(effect.document)),
  dataOf: ({ effect }) => (effect.kind === 'delete' ? '' : String(effect.document.data)),
});

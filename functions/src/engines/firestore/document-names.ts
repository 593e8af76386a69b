import type { CollectionReference, DocumentReference, Firestore } from 'firebase-admin/firestore';
import type { CollectionName } from '../../ports/records.ts';

/**
 * The name that Firestore finds and sorts a record by. It keeps names like `__this__` for itself, and callers may
 * choose such ids; no id holds a tilde.
 */
export const nameOf = (id: string): string => (id.startsWith('__') ? `~${id}` : id);

/** Where the documents of a database are. */
export interface Documents {
  readonly firestore: Firestore;
  all(collection: CollectionName): CollectionReference;
  one(collection: CollectionName, id: string): DocumentReference;
}

/** `parent` is a document below which the collections are, instead of at the root. */
export const documentsOf = (firestore: Firestore, parent?: string): Documents => {
  const all = (collection: CollectionName): CollectionReference =>
    firestore.collection(parent === undefined ? collection : `${parent}/${collection}`);
  return { firestore, all, one: (collection, id) => all(collection).doc(nameOf(id)) };
};

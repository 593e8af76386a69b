import { type DocumentData, type DocumentReference, FieldValue } from 'firebase-admin/firestore';
import type { DocumentWrite } from './unit-writes.ts';

const incremented = (sums: Readonly<Record<string, number>>): DocumentData =>
  Object.fromEntries(Object.entries(sums).map(([field, more]) => [field, FieldValue.increment(more)]));

/** What a batch and a transaction of the SDK have in common. */
interface WriteTarget {
  create(ref: DocumentReference, document: DocumentData): unknown;
  set(ref: DocumentReference, document: DocumentData): unknown;
  update(ref: DocumentReference, fields: DocumentData): unknown;
  delete(ref: DocumentReference): unknown;
}

/** `isThere` decides for documents that are only added to: they are made where they are not there yet. */
export const applyWrite = (
  target: WriteTarget,
  { ref, effect, mustBeNew }: DocumentWrite,
  isThere: (ref: DocumentReference) => boolean,
): void => {
  if (effect.kind === 'delete') {
    if (mustBeNew) target.create(ref, {});
    target.delete(ref);
  } else if (effect.kind === 'add' && isThere(ref)) {
    target.update(ref, incremented(effect.sums));
  } else if (effect.kind === 'add' || mustBeNew) {
    target.create(ref, effect.document);
  } else {
    target.set(ref, effect.document);
  }
};

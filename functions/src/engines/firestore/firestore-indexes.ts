import { type CollectionIndex, collections } from '../../ports/collections.ts';
import type { CollectionName } from '../../ports/records.ts';
import { kindsOf } from './document-codec.ts';

type Direction = 'ASCENDING' | 'DESCENDING';

const directions: readonly Direction[] = ['ASCENDING', 'DESCENDING'];

interface CompositeIndex {
  collectionGroup: string;
  queryScope: 'COLLECTION';
  fields: ({ fieldPath: string; order: Direction } | { fieldPath: string; arrayConfig: 'CONTAINS' })[];
}

interface FieldOverride {
  collectionGroup: string;
  fieldPath: string;
  indexes: { order: Direction; queryScope: 'COLLECTION' }[];
}

/** What `firebase deploy` makes of firestore.indexes.json. */
export interface FirestoreIndexes {
  indexes: CompositeIndex[];
  fieldOverrides: FieldOverride[];
}

const indexesOf = (collection: CollectionName): readonly CollectionIndex<string>[] =>
  collections[collection].indexes;

/** A filtered field and the order behind it, in both directions; several filters are answered by merging these. */
const compositesOf = (collection: CollectionName): CompositeIndex[] => {
  const kinds = new Map(kindsOf(collection));
  return indexesOf(collection).flatMap(({ equal, order }): CompositeIndex[] => {
    // Firestore keeps each index in the order of the names by itself.
    if (equal === undefined || order === 'id') return [];
    const filtered =
      kinds.get(equal) === 'list'
        ? ({ fieldPath: equal, arrayConfig: 'CONTAINS' } as const)
        : ({ fieldPath: equal, order: 'ASCENDING' } as const);
    return directions.map((direction) => ({
      collectionGroup: collection,
      queryScope: 'COLLECTION',
      fields: [filtered, { fieldPath: order, order: direction }],
    }));
  });
};

/** Directions in which a field is indexed by itself. */
const ownDirections = (collection: CollectionName, field: string): readonly Direction[] => {
  const own = indexesOf(collection);
  if (own.some(({ equal, order }) => equal === undefined && order === field)) return directions;
  return own.some(({ equal, order }) => equal === field && order === 'id') ? ['ASCENDING'] : [];
};

/** The mark on a log's last entry that its session has another epoch. */
const marks: { [Name in CollectionName]?: readonly string[] } = { sessionLog: ['epoch'] };

/**
 * Firestore indexes every field unless it is told not to. Here only what a list is ordered by is: each index
 * costs money and time with every write, long texts cannot be indexed whole, and one over a rising time limits
 * all writers together.
 */
const overridesOf = (collection: CollectionName): FieldOverride[] =>
  [...kindsOf(collection).map(([field]) => field), ...(marks[collection] ?? [])].map((field) => ({
    collectionGroup: collection,
    fieldPath: field,
    indexes: ownDirections(collection, field).map((order) => ({ order, queryScope: 'COLLECTION' })),
  }));

/** The indexes of every query that may be made, from the description of the collections. */
export const firestoreIndexes = (): FirestoreIndexes => {
  const names = Object.keys(collections) as CollectionName[];
  return { indexes: names.flatMap(compositesOf), fieldOverrides: names.flatMap(overridesOf) };
};

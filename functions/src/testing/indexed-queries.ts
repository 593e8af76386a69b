import { indexName, isListIndex } from '../engines/sql/naming.ts';
import { type CollectionIndex, collections } from '../ports/collections.ts';
import { encodeCursor } from '../ports/cursor.ts';
import type { Condition, Query } from '../ports/record-store.ts';
import type { CollectionName } from '../ports/records.ts';

export type AnyQuery = Query<CollectionName>;

/** An index, and what a query that uses it is made of. */
export interface IndexedQuery {
  name: string;
  collection: CollectionName;
  index: CollectionIndex<string>;
  /** It is over the texts of a list. */
  list: boolean;
  /** What the index filters by; empty when it only orders. */
  filter: object[];
  /** A value that the ordering field can have. */
  bound: string | number;
}

const valueFor = (collection: CollectionName, field: string): string | number => {
  const kind = new Map(Object.entries(collections[collection].fields)).get(field);
  return kind === 'integer' || kind === 'real' ? 1 : 'a';
};

/** Every index of every collection. */
export const indexedQueries: readonly IndexedQuery[] = (Object.keys(collections) as CollectionName[]).flatMap(
  (collection) => {
    const indexes: readonly CollectionIndex<string>[] = collections[collection].indexes;
    return indexes.map((index) => {
      const list = isListIndex(collection, index);
      const equal = { field: index.equal, operator: list ? 'contains' : '==', value: 'a' };
      return {
        name: indexName(collection, index),
        collection,
        index,
        list,
        filter: index.equal === undefined ? [] : [equal],
        bound: valueFor(collection, index.order),
      };
    });
  },
);

/** A page of an index, newest first. */
export const queryOver = ({ index }: IndexedQuery, conditions: readonly object[]): AnyQuery => ({
  where: conditions as Condition<CollectionName>[],
  orderBy: index.order as AnyQuery['orderBy'],
  direction: 'descending',
  limit: 50,
});

/** The same from a cursor on. */
export const laterPage = ({ collection, bound }: IndexedQuery, query: AnyQuery): AnyQuery => ({
  ...query,
  cursor: encodeCursor(collection, query, { value: bound, id: 'a' }),
});

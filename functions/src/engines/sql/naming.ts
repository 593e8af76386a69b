import { type CollectionIndex, collections, type FieldKind } from '../../ports/collections.ts';
import type { CollectionName } from '../../ports/records.ts';

export type AnyIndex = CollectionIndex<string>;

export const quoted = (name: string): string => `"${name}"`;

/** The column of a record's field; `version` alone is the engine's own, which counts the record's changes. */
export const columnOf = (field: string): string => quoted(field === 'version' ? 'version_' : field);

export const kindsOf = (collection: CollectionName): ReadonlyMap<string, FieldKind> =>
  new Map(Object.entries(collections[collection].fields));

export const kindOf = (collection: CollectionName, field: string): FieldKind => {
  const kind = kindsOf(collection).get(field);
  if (kind === undefined) throw new Error(`${collection} has no field ${field}`);
  return kind;
};

/** Name of an index, or of the table that serves as index of a list field. */
export const indexName = (collection: CollectionName, index: AnyIndex): string =>
  [collection, ...(index.equal === undefined ? [] : [index.equal]), 'by', index.order].join('_');

export const isListIndex = (collection: CollectionName, index: AnyIndex): boolean =>
  index.equal !== undefined && kindOf(collection, index.equal) === 'list';

/** The primary key is an index already. */
export const isPrimaryKey = (index: AnyIndex): boolean => index.equal === undefined && index.order === 'id';

/** Partial: a record without one of the fields can be in no list over them, and need not be kept in order. */
export const indexStatement = (collection: CollectionName, index: AnyIndex): string => {
  const filtered = index.equal === undefined ? [] : [index.equal];
  const columns = [...new Set([...filtered, index.order, 'id'])].map(columnOf);
  const present = [...filtered, index.order].filter((field) => field !== 'id');
  const condition = present.map((field) => `${columnOf(field)} IS NOT NULL`).join(' AND ');
  const name = quoted(indexName(collection, index));
  return `CREATE INDEX ${name} ON ${quoted(collection)} (${columns.join(', ')}) WHERE ${condition}`;
};

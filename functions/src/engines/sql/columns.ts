import type { FieldKind } from '../../ports/collections.ts';
import type { CollectionName } from '../../ports/records.ts';
import { columnOf, kindsOf, quoted } from './naming.ts';

/** Quoted name and type of each column. */
export type Columns = ReadonlyMap<string, string>;

/** How a database types the columns of records. */
export interface ColumnTypes {
  fields: Readonly<Record<FieldKind, string>>;
  /** Follows the type of the id. */
  key: string;
  version: string;
}

export const columnsOf = (collection: CollectionName, { fields, key, version }: ColumnTypes): Columns => {
  const own = [...kindsOf(collection)].map(([field, kind]): [string, string] => [
    columnOf(field),
    `${fields[kind]}${field === 'id' ? ` ${key}` : ''}`,
  ]);
  return new Map([...own, [quoted('version'), version]]);
};

export const createTable = (collection: CollectionName, columns: Columns): string => {
  const list = [...columns].map(([column, type]) => `${column} ${type}`).join(', ');
  return `CREATE TABLE ${quoted(collection)} (${list})`;
};

/** Statements that bring the columns of a table to what is wanted, one by one. */
export const columnChanges = (table: string, present: Columns, wanted: Columns): string[] => {
  const alter = `ALTER TABLE ${quoted(table)}`;
  const added = [...wanted].filter(([column]) => !present.has(column));
  const removed = [...present.keys()].filter((column) => !wanted.has(column));
  const retyped = [...wanted].filter(([column, type]) => (present.get(column) ?? type) !== type);
  return [
    ...added.map(([column, type]) => `${alter} ADD COLUMN ${column} ${type}`),
    ...removed.map((column) => `${alter} DROP COLUMN ${column}`),
    ...retyped.map(([column, type]) => `-- ${table}.${column} must become ${type}: write this step by hand`),
  ];
};

import { collections, type FieldKind } from '../../ports/collections.ts';
import type { CollectionName } from '../../ports/records.ts';
import { type ColumnTypes, columnsOf, createTable } from '../sql/columns.ts';
import {
  type AnyIndex,
  columnOf,
  indexName,
  indexStatement,
  isListIndex,
  isPrimaryKey,
  kindOf,
  quoted,
} from '../sql/naming.ts';

/** Time is ISO text, boolean 0 or 1, json, large and list are JSON text. */
const fieldTypes: Record<FieldKind, string> = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  boolean: 'INTEGER',
  time: 'TEXT',
  json: 'TEXT',
  jsonText: 'TEXT',
  large: 'TEXT',
  list: 'TEXT',
};

const columnTypes: ColumnTypes = {
  fields: fieldTypes,
  key: 'PRIMARY KEY NOT NULL',
  version: 'INTEGER NOT NULL',
};

/** One row for each text of the list, kept by triggers so that a write stays one statement. */
const listIndexStatements = (collection: CollectionName, index: Required<AnyIndex>): string[] => {
  const name = indexName(collection, index);
  const [entries, table] = [name, collection].map(quoted);
  const [list, sort] = [index.equal, index.order].map(columnOf);
  const insert = `INSERT INTO ${entries} SELECT DISTINCT value, new.${sort}, new."id" FROM json_each(new.${list}) WHERE new.${sort} IS NOT NULL;`;
  const remove = `DELETE FROM ${entries} WHERE "value" IN (SELECT value FROM json_each(old.${list})) AND "sort" = old.${sort} AND "id" = old."id";`;
  const changed = `old.${list} IS NOT new.${list} OR old.${sort} IS NOT new.${sort}`;
  const trigger = (event: string, when: string, body: string): string =>
    `CREATE TRIGGER ${quoted(`${name}_${event.toLowerCase()}`)} AFTER ${event} ON ${table}${when} BEGIN ${body} END`;
  const sortType = fieldTypes[kindOf(collection, index.order)];
  return [
    `CREATE TABLE ${entries} ("value" TEXT NOT NULL, "sort" ${sortType} NOT NULL, "id" TEXT NOT NULL, PRIMARY KEY ("value", "sort", "id")) WITHOUT ROWID`,
    `INSERT INTO ${entries} SELECT DISTINCT item.value, ${table}.${sort}, ${table}."id" FROM ${table}, json_each(${table}.${list}) AS item WHERE ${table}.${sort} IS NOT NULL`,
    trigger('INSERT', '', insert),
    trigger('UPDATE', ` WHEN ${changed}`, `${remove} ${insert}`),
    trigger('DELETE', '', remove),
  ];
};

const indexStatements = (collection: CollectionName, index: AnyIndex): string[] => {
  if (isPrimaryKey(index)) return [];
  if (index.equal === undefined || !isListIndex(collection, index))
    return [indexStatement(collection, index)];
  return listIndexStatements(collection, { equal: index.equal, order: index.order });
};

/**
 * The schema as `collections` describes it today, in the order in which it can be made; migrations must arrive
 * at exactly this. The only statements that make nothing fill the index of a list field.
 */
export const schemaStatements = (): string[] =>
  (Object.keys(collections) as CollectionName[]).flatMap((collection) => {
    const indexes: readonly AnyIndex[] = collections[collection].indexes;
    return [
      createTable(collection, columnsOf(collection, columnTypes)),
      ...indexes.flatMap((index) => indexStatements(collection, index)),
    ];
  });

import { collections, type FieldKind } from '../../ports/collections.ts';
import type { CollectionName } from '../../ports/records.ts';
import { type Columns, type ColumnTypes, columnsOf, createTable } from '../sql/columns.ts';
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

/**
 * Time is ISO text, boolean 0 or 1, json, large and list are JSON text (jsonb refuses U+0000). Texts are
 * ordered by code point, as everywhere else, not by the rules of a language.
 */
const fieldTypes: Record<FieldKind, string> = {
  text: 'TEXT COLLATE "C"',
  integer: 'BIGINT',
  real: 'DOUBLE PRECISION',
  boolean: 'BIGINT',
  time: 'TEXT COLLATE "C"',
  json: 'TEXT',
  jsonText: 'TEXT',
  large: 'TEXT',
  list: 'TEXT',
};

/** The types of a column's values as parameters. */
export const parameterTypes: Record<FieldKind, string> = {
  text: 'text',
  integer: 'bigint',
  real: 'double precision',
  boolean: 'bigint',
  time: 'text',
  json: 'text',
  jsonText: 'text',
  large: 'text',
  list: 'text',
};

/** A thing of the schema, and the statements that make it. Columns can be added one by one. */
export interface SchemaPart {
  /** Empty for what is no table of records. */
  columns: Columns;
  statements: readonly string[];
}

const columnTypes: ColumnTypes = { fields: fieldTypes, key: 'PRIMARY KEY', version: 'BIGINT NOT NULL' };

const tablePart = (collection: CollectionName): SchemaPart => {
  const columns = columnsOf(collection, columnTypes);
  return { columns, statements: [createTable(collection, columns)] };
};

/** One row for each text of the list, kept by a trigger so that a write stays one statement. */
const listIndexStatements = (collection: CollectionName, index: Required<AnyIndex>): string[] => {
  const name = indexName(collection, index);
  const [entries, table] = [name, collection].map(quoted);
  const [list, sort] = [index.equal, index.order].map(columnOf);
  const texts = (row: string) => `json_array_elements_text(${row}.${list}::json)`;
  const changed = `TG_OP = 'INSERT' OR TG_OP = 'DELETE' OR OLD.${list} IS DISTINCT FROM NEW.${list} OR OLD.${sort} IS DISTINCT FROM NEW.${sort}`;
  const remove = `IF TG_OP <> 'INSERT' THEN DELETE FROM ${entries} WHERE "value" IN (SELECT ${texts('OLD')}) AND "sort" = OLD.${sort} AND "id" = OLD."id"; END IF;`;
  const insert = `IF TG_OP <> 'DELETE' THEN INSERT INTO ${entries} SELECT DISTINCT item, NEW.${sort}, NEW."id" FROM ${texts('NEW')} AS item WHERE NEW.${sort} IS NOT NULL; END IF;`;
  const sortType = fieldTypes[kindOf(collection, index.order)];
  return [
    `CREATE TABLE ${entries} ("value" TEXT COLLATE "C" NOT NULL, "sort" ${sortType} NOT NULL, "id" TEXT COLLATE "C" NOT NULL, PRIMARY KEY ("value", "sort", "id"))`,
    `INSERT INTO ${entries} SELECT DISTINCT item, record.${sort}, record."id" FROM ${table} AS record, ${texts('record')} AS item WHERE record.${sort} IS NOT NULL`,
    `CREATE FUNCTION ${quoted(`${name}_follow`)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF ${changed} THEN ${remove} ${insert} END IF; RETURN NULL; END $$`,
    `CREATE TRIGGER ${quoted(`${name}_follow`)} AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${quoted(`${name}_follow`)}()`,
  ];
};

const indexParts = (collection: CollectionName): [string, SchemaPart][] => {
  const indexes: readonly AnyIndex[] = collections[collection].indexes;
  return indexes
    .filter((index) => !isPrimaryKey(index))
    .map((index) => {
      const { equal, order } = index;
      const statements =
        equal !== undefined && isListIndex(collection, index)
          ? listIndexStatements(collection, { equal, order })
          : [indexStatement(collection, index)];
      return [indexName(collection, index), { columns: new Map(), statements }];
    });
};

/** The schema as `collections` describes it today, in the order in which it can be made. */
export const schemaParts = (): ReadonlyMap<string, SchemaPart> =>
  new Map(
    (Object.keys(collections) as CollectionName[]).flatMap((collection) => [
      [collection, tablePart(collection)] as [string, SchemaPart],
      ...indexParts(collection),
    ]),
  );

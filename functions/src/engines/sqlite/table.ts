import type { CollectionName } from '../../ports/records.ts';
import { columnOf, quoted } from '../sql/naming.ts';
import { type RecordCodec, recordCodec } from '../sql/record-codec.ts';
import type { SqliteConnection, SqliteRow, SqliteStatement } from './driver.ts';

/** The prepared statements of one collection. */
export interface Table<Name extends CollectionName> {
  readonly name: Name;
  readonly codec: RecordCodec<Name>;
  /** The columns of a record, qualified by the table. */
  readonly columns: string;
  /** A record's columns and its version. */
  readonly get: SqliteStatement;
  readonly version: SqliteStatement;
  /** Changes no row when the id is taken. */
  readonly create: SqliteStatement;
  readonly put: SqliteStatement;
  readonly delete: SqliteStatement;
  increment(fields: readonly string[]): SqliteStatement;
}

/** Prepares each statement when it is first wanted and keeps it by its text. */
export class StatementCache {
  readonly #connection: SqliteConnection;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  prepare(key: string, sql: () => string): SqliteStatement {
    const known = this.#statements.get(key);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql());
    this.#statements.set(key, statement);
    return statement;
  }
}

const assignments = (fields: readonly string[]): string =>
  [...fields.map(columnOf), '"version"'].map((column) => `${column} = excluded.${column}`).join(', ');

const additions = (table: string, fields: readonly string[]): string =>
  [
    ...fields.map((field) => {
      const column = columnOf(field);
      return `${column} = coalesce(${table}.${column}, 0) + coalesce(excluded.${column}, 0)`;
    }),
    '"version" = excluded."version"',
  ].join(', ');

export const openTable = <Name extends CollectionName>(
  name: Name,
  statements: StatementCache,
): Table<Name> => {
  const codec = recordCodec(name);
  const table = quoted(name);
  const columns = codec.fields.map((field) => `${table}.${columnOf(field)}`).join(', ');
  const names = [...codec.fields.map(columnOf), '"version"'];
  const insert = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT ("id") DO`;
  const prepare = (sql: string): SqliteStatement => statements.prepare(sql, () => sql);
  return {
    name,
    codec,
    columns,
    get: prepare(`SELECT ${columns}, "version" FROM ${table} WHERE "id" = ?`),
    version: prepare(`SELECT "version" FROM ${table} WHERE "id" = ?`),
    create: prepare(`${insert} NOTHING`),
    put: prepare(`${insert} UPDATE SET ${assignments(codec.fields.filter((field) => field !== 'id'))}`),
    delete: prepare(`DELETE FROM ${table} WHERE "id" = ?`),
    increment: (fields) =>
      statements.prepare(
        `${name} + ${fields.join()}`,
        () => `${insert} UPDATE SET ${additions(table, fields)}`,
      ),
  };
};

/** The version stands behind the columns of a record; a record that does not exist has version 0. */
export const versionIn = (row: SqliteRow | undefined): number => (row === undefined ? 0 : Number(row.at(-1)));

import { type Columns, columnChanges } from '../sql/columns.ts';
import { quoted } from '../sql/naming.ts';
import type { SqliteConnection } from './driver.ts';
import { schemaStatements } from './schema.ts';

interface SchemaPart {
  type: string;
  sql: string;
  /** Empty for what is no table. */
  columns: Columns;
}

type Schema = ReadonlyMap<string, SchemaPart>;

const columnsIn = (connection: SqliteConnection, table: string): Columns => {
  const rows = connection.prepare('SELECT name, type FROM pragma_table_info(?)').all([table]);
  return new Map(rows.map(([name, type]) => [quoted(String(name)), String(type)]));
};

const schemaOf = (connection: SqliteConnection): Schema => {
  const rows = connection.prepare('SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL').all([]);
  const parts = rows.map(([name, type, sql]): [string, SchemaPart] => {
    const columns = type === 'table' ? columnsIn(connection, String(name)) : new Map<string, string>();
    return [String(name), { type: String(type), sql: String(sql), columns }];
  });
  return new Map(parts);
};

const dropStatement = (name: string, part: SchemaPart): string =>
  `DROP ${part.type.toUpperCase()} ${quoted(name)}`;

/** Statements that make a table (or an index, or a trigger) of this name, with those that fill it. */
const statementsFor = (name: string): string[] =>
  schemaStatements().filter((statement) =>
    [
      ` ${quoted(name)} (`,
      ` ${quoted(name)} ON`,
      ` ${quoted(name)} AFTER`,
      `INSERT INTO ${quoted(name)} SELECT`,
    ].some((start) => statement.replace(/^(CREATE (TABLE|INDEX|TRIGGER))/, '').startsWith(start)),
  );

/** Statements that are missing between a migrated database and `collections`; none when they agree. */
export const schemaDifference = (migrated: SqliteConnection, empty: SqliteConnection): string[] => {
  for (const statement of schemaStatements()) empty.exec(statement);
  const present = schemaOf(migrated);
  const wanted = schemaOf(empty);
  const dropped = [...present].filter(([name]) => !wanted.has(name));
  const changes = [...wanted].flatMap(([name, part]) => {
    const before = present.get(name);
    if (before === undefined) return statementsFor(name);
    if (part.type === 'table') return columnChanges(name, before.columns, part.columns);
    return before.sql === part.sql ? [] : [dropStatement(name, before), ...statementsFor(name)];
  });
  return [...dropped.map(([name, part]) => dropStatement(name, part)), ...changes];
};

import { quoted } from '../sql/naming.ts';
import type { SqliteConnection } from './driver.ts';
import { schemaStatements } from './schema.ts';

interface SchemaPart {
  type: string;
  sql: string;
  /** Name and type of each column; empty for what is no table. */
  columns: ReadonlyMap<string, string>;
}

type Schema = ReadonlyMap<string, SchemaPart>;

const columnsOf = (connection: SqliteConnection, table: string): ReadonlyMap<string, string> => {
  const rows = connection.prepare('SELECT name, type FROM pragma_table_info(?)').all([table]);
  return new Map(rows.map(([name, type]) => [String(name), String(type)]));
};

const schemaOf = (connection: SqliteConnection): Schema => {
  const rows = connection.prepare('SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL').all([]);
  const parts = rows.map(([name, type, sql]): [string, SchemaPart] => {
    const columns = type === 'table' ? columnsOf(connection, String(name)) : new Map<string, string>();
    return [String(name), { type: String(type), sql: String(sql), columns }];
  });
  return new Map(parts);
};

const dropStatement = (name: string, part: SchemaPart): string =>
  `DROP ${part.type.toUpperCase()} ${quoted(name)}`;

const columnChanges = (name: string, present: SchemaPart, wanted: SchemaPart): string[] => {
  const alter = `ALTER TABLE ${quoted(name)}`;
  const added = [...wanted.columns].filter(([column]) => !present.columns.has(column));
  const removed = [...present.columns].filter(([column]) => !wanted.columns.has(column));
  const retyped = [...wanted.columns].filter(([column, type]) => {
    const before = present.columns.get(column);
    return before !== undefined && before !== type;
  });
  return [
    ...added.map(([column, type]) => `${alter} ADD COLUMN ${quoted(column)} ${type}`),
    ...removed.map(([column]) => `${alter} DROP COLUMN ${quoted(column)}`),
    ...retyped.map(([column, type]) => `-- ${name}.${column} must become ${type}: write this step by hand`),
  ];
};

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
    if (part.type === 'table') return columnChanges(name, before, part);
    return before.sql === part.sql ? [] : [dropStatement(name, before), ...statementsFor(name)];
  });
  return [...dropped.map(([name, part]) => dropStatement(name, part)), ...changes];
};

import { columnChanges } from '../sql/columns.ts';
import { quoted } from '../sql/naming.ts';
import { schemaParts } from './schema.ts';

/** What the steps so far have made, read from their texts: no server is needed to know what is missing. */
interface MadeSchema {
  tables: Map<string, Map<string, string>>;
  /** Every other statement that stands. */
  statements: Set<string>;
}

const createTable = /^CREATE TABLE "(\w+)" \((.*, "version" BIGINT NOT NULL)\)$/;
const addColumn = /^ALTER TABLE "(\w+)" ADD COLUMN ("\w+") (.+)$/;
const dropColumn = /^ALTER TABLE "(\w+)" DROP COLUMN ("\w+")$/;
const dropPart = /^DROP (?:TABLE|INDEX|TRIGGER|FUNCTION) "(\w+)"/;

const columnsOf = (list: string): Map<string, string> =>
  new Map(
    list.split(', ').map((column) => {
      const [, name = '', type = ''] = /^("\w+") (.+)$/.exec(column) ?? [];
      return [name, type];
    }),
  );

const forget = (made: MadeSchema, name: string): void => {
  made.tables.delete(name);
  for (const statement of made.statements) {
    const [, names = ''] = /^(?:CREATE|INSERT INTO)([^(]*)/.exec(statement) ?? [];
    if (names.includes(quoted(name))) made.statements.delete(statement);
  }
};

const replay = (made: MadeSchema, statement: string): void => {
  const [, created = '', columns] = createTable.exec(statement) ?? [];
  const [, grown = '', added = '', type = ''] = addColumn.exec(statement) ?? [];
  const [, shrunk = '', removed = ''] = dropColumn.exec(statement) ?? [];
  const [, dropped] = dropPart.exec(statement) ?? [];
  if (columns !== undefined) made.tables.set(created, columnsOf(columns));
  else if (added !== '') made.tables.get(grown)?.set(added, type);
  else if (removed !== '') made.tables.get(shrunk)?.delete(removed);
  else if (dropped !== undefined) forget(made, dropped);
  else made.statements.add(statement);
};

/** Statements that are missing between these steps and `collections`; none when they agree. */
export const schemaDifference = (steps: readonly (readonly string[])[]): string[] => {
  const made: MadeSchema = { tables: new Map(), statements: new Set() };
  for (const statement of steps.flat()) replay(made, statement);
  const wanted = schemaParts();
  const dropped = [...made.tables.keys()].filter((name) => !wanted.has(name));
  return [
    ...dropped.map((name) => `DROP TABLE ${quoted(name)}`),
    ...[...wanted].flatMap(([name, { columns, statements }]) => {
      const present = made.tables.get(name);
      if (present !== undefined) return columnChanges(name, present, columns);
      return statements.filter((statement) => !made.statements.has(statement));
    }),
  ];
};

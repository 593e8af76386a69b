import type { Page, Query } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import { isEmptyList, pageOf, planList } from '../sql/list-plan.ts';
import { type ListDialect, listStatement } from '../sql/list-statement.ts';
import type { SqliteValue } from './driver.ts';
import type { StatementCache, Table } from './table.ts';

/** SQLite is told its way, because its statistics may be those of an empty table. */
const dialect: ListDialect = {
  parameter: (place) => `?${place}`,
  among: (column, parameter) => `${column} IN (SELECT value FROM json_each(${parameter}))`,
  walked: (table, index) => `${table} INDEXED BY ${index}`,
  join: 'CROSS JOIN',
  laterPage: '+',
};

const bound = (value: string | number | readonly string[]): SqliteValue =>
  typeof value === 'object' ? JSON.stringify(value) : value;

/** Reads one page. */
export const readPage = <Name extends CollectionName>(
  table: Table<Name>,
  statements: StatementCache,
  query: Query<Name>,
): Page<Records[Name]> => {
  const plan = planList(table.name, query);
  if (isEmptyList(plan)) return { items: [] };
  const statement = statements.prepare(plan.shape, () => listStatement(plan, table.columns, dialect));
  return pageOf(table.name, query, table.codec, statement.all(plan.values.map(bound)));
};

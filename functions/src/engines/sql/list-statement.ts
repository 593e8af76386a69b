import { isRange } from '../../ports/query-rules.ts';
import type { AnyCondition, ListPlan } from './list-plan.ts';
import { columnOf, indexName, isListIndex, isPrimaryKey, quoted } from './naming.ts';

/** How a database writes what the standard leaves open. */
export interface ListDialect {
  /** The parameter at a place, counted from 1. */
  parameter(place: number): string;
  /** That a column holds one of the texts that stand in a parameter. */
  among(column: string, parameter: string): string;
  /** The table of a collection, to be walked along an index. */
  walked(table: string, index: string): string;
  /** Joins a table to keys, one look-up for each key. */
  join: string;
  /**
   * Stands before the ordering column where a later page also has a bound of its own, for a database that would
   * start at that bound instead of at the position and walk all earlier pages again.
   */
  laterPage: string;
}

interface Statement {
  plan: ListPlan;
  dialect: ListDialect;
}

/** Where the walk of one index takes the ordering value and the id from, and how it starts. */
const walkSource = (
  { plan, dialect }: Statement,
  driverValue: number,
): { from: string; sort: string; id: string; start: string[] } => {
  const { collection, driver, orderBy } = plan;
  const table = quoted(collection);
  const index = driver === undefined ? { order: orderBy } : { equal: driver.field as string, order: orderBy };
  const value = dialect.parameter(driverValue);
  if (isListIndex(collection, index)) {
    const entries = quoted(indexName(collection, index));
    const from = `${entries} AS entry ${dialect.join} ${table} ON ${table}."id" = entry."id"`;
    return { from, sort: 'entry."sort"', id: 'entry."id"', start: [`entry."value" = ${value}`] };
  }
  const sort = `${table}.${columnOf(orderBy)}`;
  const from = isPrimaryKey(index) ? table : dialect.walked(table, quoted(indexName(collection, index)));
  const present = orderBy === 'id' ? [] : [`${sort} IS NOT NULL`];
  const equal = driver === undefined ? [] : [`${table}.${columnOf(driver.field)} = ${value}`];
  return { from, sort, id: `${table}."id"`, start: [...equal, ...present] };
};

const sieved = (
  { plan, dialect }: Statement,
  sort: string,
  { field, operator }: AnyCondition,
  parameter: string,
): string => {
  if (isRange(operator)) {
    const bounds = plan.position !== undefined && operator.startsWith(plan.descending ? '<' : '>');
    return `${bounds ? dialect.laterPage : ''}${sort} ${operator} ${parameter}`;
  }
  const column = `${quoted(plan.collection)}.${columnOf(field)}`;
  return operator === '==' ? `${column} = ${parameter}` : dialect.among(column, parameter);
};

/** A walk along one index: at most `limit` entries, in order, from behind the position. */
const walk = (
  statement: Statement,
  driverValue: number,
  select: (sort: string, id: string) => string,
): string => {
  const { plan, dialect } = statement;
  const { from, sort, id, start } = walkSource(statement, driverValue);
  const firstSieve = plan.driverValues.length + 1;
  const sieve = plan.sieve.map((condition, index) =>
    sieved(statement, sort, condition, dialect.parameter(firstSieve + index)),
  );
  const first = firstSieve + plan.sieve.length;
  const position = `(${dialect.parameter(first)}, ${dialect.parameter(first + 1)})`;
  const behind =
    plan.position === undefined ? [] : [`(${sort}, ${id}) ${plan.descending ? '<' : '>'} ${position}`];
  const conditions = [...start, ...sieve, ...behind];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT ${select(sort, id)} FROM ${from}${where} ${ordered(plan, sort, id)} LIMIT ${limit(statement)}`;
};

const limit = ({ plan, dialect }: Statement): string => dialect.parameter(plan.values.length);

const ordered = (plan: ListPlan, sort: string, id: string): string => {
  const direction = plan.descending ? 'DESC' : 'ASC';
  return sort === id ? `ORDER BY ${id} ${direction}` : `ORDER BY ${sort} ${direction}, ${id} ${direction}`;
};

/** Several values of the driver: one short walk each, merged without doubles, then the records of the result. */
const mergedWalks = (statement: Statement, columns: string): string => {
  const { plan, dialect } = statement;
  const walks = plan.driverValues.map((_, index) => {
    const keys = walk(statement, index + 1, (sort, id) => `${sort} AS sort_value, ${id} AS id_value`);
    return `SELECT * FROM (${keys}) AS walk`;
  });
  const direction = plan.descending ? 'DESC' : 'ASC';
  const keys = `${walks.join(' UNION ')} ORDER BY 1 ${direction}, 2 ${direction} LIMIT ${limit(statement)}`;
  const table = quoted(plan.collection);
  const order = ordered(plan, 'key.sort_value', 'key.id_value');
  return `SELECT ${columns} FROM (${keys}) AS key ${dialect.join} ${table} ON ${table}."id" = key.id_value ${order}`;
};

/** The statement of a plan, in the words of a database. */
export const listStatement = (plan: ListPlan, columns: string, dialect: ListDialect): string =>
  plan.driverValues.length > 1
    ? mergedWalks({ plan, dialect }, columns)
    : walk({ plan, dialect }, 1, () => columns);

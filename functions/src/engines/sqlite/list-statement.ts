import { AppError } from '../../errors/app-error.ts';
import { type CursorPosition, decodeCursor, encodeCursor } from '../../ports/cursor.ts';
import { isRange, queryProblem } from '../../ports/query-rules.ts';
import type { Condition, Page, Query } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import type { SqliteValue } from './driver.ts';
import { columnOf, indexName, isListIndex, isPrimaryKey, quoted } from './schema.ts';
import type { StatementCache, Table } from './table.ts';

type AnyCondition = Condition<CollectionName>;

/** A query taken apart: which condition finds the records (by its index), and which only sift them. */
interface ListPlan {
  collection: CollectionName;
  orderBy: string;
  descending: boolean;
  driver: AnyCondition | undefined;
  /** Values of the driver; with several, one walk of the index each. */
  driverValues: readonly SqliteValue[];
  sieve: readonly AnyCondition[];
  position: CursorPosition | undefined;
}

const bound = (value: AnyCondition['value']): SqliteValue => {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' ? JSON.stringify(value) : value;
};

/** Texts of a list select best, a single value next; the rest is sifted from what they find. */
const driverOf = (where: readonly AnyCondition[]): AnyCondition | undefined =>
  where.find((condition) => condition.operator === 'contains') ??
  where.find((condition) => condition.operator === '==') ??
  where.find((condition) => condition.operator === 'in');

const planOf = <Name extends CollectionName>(collection: Name, query: Query<Name>): ListPlan => {
  const where = (query.where ?? []) as readonly AnyCondition[];
  const driver = driverOf(where);
  const value = driver?.value;
  const position = query.cursor === undefined ? undefined : decodeCursor(collection, query, query.cursor);
  if (query.cursor !== undefined && position === undefined) {
    throw new AppError('malformed_cursor', 'Leave `cursor` out to start at the first page.');
  }
  return {
    collection,
    orderBy: query.orderBy,
    descending: query.direction === 'descending',
    driver,
    driverValues: typeof value === 'object' ? [...new Set(value)] : value === undefined ? [] : [bound(value)],
    sieve: where.filter((condition) => condition !== driver),
    position,
  };
};

/** The statement depends on these alone; values are bound. */
const shapeOf = (plan: ListPlan): string =>
  [
    plan.collection,
    plan.orderBy,
    plan.descending,
    plan.driver === undefined
      ? ''
      : `${plan.driver.field} ${plan.driver.operator} ${plan.driverValues.length}`,
    ...plan.sieve.map(({ field, operator }) => `${field} ${operator}`),
    plan.position !== undefined,
  ].join();

/** Bound in this order: the driver's values, the sieve's, the position, the limit. */
const valuesOf = (plan: ListPlan, limit: number): SqliteValue[] => [
  ...plan.driverValues,
  ...plan.sieve.map((condition) => bound(condition.value)),
  ...(plan.position === undefined ? [] : [plan.position.value, plan.position.id]),
  limit,
];

/** Where the walk of one index takes the ordering value and the id from, and how it starts. */
const walkSource = (
  plan: ListPlan,
  driverValue: number,
): { from: string; sort: string; id: string; start: string[] } => {
  const { collection, driver, orderBy } = plan;
  const table = quoted(collection);
  const index = driver === undefined ? { order: orderBy } : { equal: driver.field as string, order: orderBy };
  if (isListIndex(collection, index)) {
    const from = `${quoted(indexName(collection, index))} AS entry CROSS JOIN ${table} ON ${table}."id" = entry."id"`;
    return { from, sort: 'entry."sort"', id: 'entry."id"', start: [`entry."value" = ?${driverValue}`] };
  }
  const sort = `${table}.${columnOf(orderBy)}`;
  const from = isPrimaryKey(index) ? table : `${table} INDEXED BY ${quoted(indexName(collection, index))}`;
  const present = orderBy === 'id' ? [] : [`${sort} IS NOT NULL`];
  const equal = driver === undefined ? [] : [`${table}.${columnOf(driver.field)} = ?${driverValue}`];
  return { from, sort, id: `${table}."id"`, start: [...equal, ...present] };
};

/**
 * The unary plus keeps SQLite from starting a later page at the range's own bound instead of at the position,
 * which would walk all earlier pages again.
 */
const boundPrefix = (plan: ListPlan, operator: AnyCondition['operator']): string =>
  plan.position !== undefined && operator.startsWith(plan.descending ? '<' : '>') ? '+' : '';

/** A walk along one index: at most `limit` entries, in order, from behind the position. */
const walk = (plan: ListPlan, driverValue: number, select: (sort: string, id: string) => string): string => {
  const { from, sort, id, start } = walkSource(plan, driverValue);
  const firstSieve = plan.driverValues.length + 1;
  const sieve = plan.sieve.map(({ field, operator }, index) => {
    const parameter = `?${firstSieve + index}`;
    if (isRange(operator)) return `${boundPrefix(plan, operator)}${sort} ${operator} ${parameter}`;
    const column = `${quoted(plan.collection)}.${columnOf(field)}`;
    return operator === '=='
      ? `${column} = ${parameter}`
      : `${column} IN (SELECT value FROM json_each(${parameter}))`;
  });
  const first = firstSieve + plan.sieve.length;
  const comparison = plan.descending ? '<' : '>';
  const behind =
    plan.position === undefined ? [] : [`(${sort}, ${id}) ${comparison} (?${first}, ?${first + 1})`];
  const conditions = [...start, ...sieve, ...behind];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT ${select(sort, id)} FROM ${from}${where} ${ordered(plan, sort, id)} LIMIT ?${limitParameter(plan)}`;
};

const limitParameter = (plan: ListPlan): number => valuesOf(plan, 0).length;

const ordered = (plan: ListPlan, sort: string, id: string): string => {
  const direction = plan.descending ? 'DESC' : 'ASC';
  return sort === id ? `ORDER BY ${id} ${direction}` : `ORDER BY ${sort} ${direction}, ${id} ${direction}`;
};

/** Several values of the driver: one short walk each, merged without doubles, then the records of the result. */
const mergedWalks = (plan: ListPlan, columns: string): string => {
  const walks = plan.driverValues.map((_, index) => {
    const keys = walk(plan, index + 1, (sort, id) => `${sort} AS sort_value, ${id} AS id_value`);
    return `SELECT * FROM (${keys})`;
  });
  const direction = plan.descending ? 'DESC' : 'ASC';
  const keys = `${walks.join(' UNION ')} ORDER BY 1 ${direction}, 2 ${direction} LIMIT ?${limitParameter(plan)}`;
  const table = quoted(plan.collection);
  const order = ordered(plan, 'key.sort_value', 'key.id_value');
  return `SELECT ${columns} FROM (${keys}) AS key CROSS JOIN ${table} ON ${table}."id" = key.id_value ${order}`;
};

const listStatement = (plan: ListPlan, columns: string): string =>
  plan.driverValues.length > 1 ? mergedWalks(plan, columns) : walk(plan, 1, () => columns);

/** Reads one page. A query without an index is a mistake in the program and throws a plain Error. */
export const readPage = <Name extends CollectionName>(
  table: Table<Name>,
  statements: StatementCache,
  query: Query<Name>,
): Page<Records[Name]> => {
  const problem = queryProblem(table.name, query);
  if (problem !== undefined) throw new Error(`Query of ${table.name} refused: ${problem}`);
  const plan = planOf(table.name, query);
  if (plan.driver !== undefined && plan.driverValues.length === 0) return { items: [] };
  const statement = statements.prepare(shapeOf(plan), () => listStatement(plan, table.columns));
  const rows = statement.all(valuesOf(plan, query.limit + 1));
  const items = rows.slice(0, query.limit).map((row) => table.codec.decode(row));
  const last = items.at(-1);
  if (rows.length <= query.limit || last === undefined) return { items };
  const value = last[query.orderBy] as string | number;
  return { items, nextCursor: encodeCursor(table.name, query, { value, id: last.id }) };
};

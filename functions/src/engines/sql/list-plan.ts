import { AppError } from '../../errors/app-error.ts';
import { type CursorPosition, decodeCursor, encodeCursor } from '../../ports/cursor.ts';
import { queryProblem } from '../../ports/query-rules.ts';
import type { Condition, Page, Query } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import type { RecordCodec, SqlRow } from './record-codec.ts';

export type AnyCondition = Condition<CollectionName>;

/** A value of a condition, as every database can take it or be taught to. */
type ListValue = string | number | readonly string[];

/** A query taken apart: which condition finds the records (by its index), and which only sift them. */
export interface ListPlan {
  collection: CollectionName;
  orderBy: string;
  descending: boolean;
  driver: AnyCondition | undefined;
  /** Values of the driver; with several, one walk of the index each. */
  driverValues: readonly ListValue[];
  sieve: readonly AnyCondition[];
  position: CursorPosition | undefined;
  /** The statement depends on this alone; values are bound. */
  shape: string;
  /** Bound in this order: the driver's values, the sieve's, the position, the limit. */
  values: readonly ListValue[];
}

const bound = (value: AnyCondition['value']): ListValue =>
  typeof value === 'boolean' ? Number(value) : value;

/** Texts of a list select best, a single value next; the rest is sifted from what they find. */
const driverOf = (where: readonly AnyCondition[]): AnyCondition | undefined =>
  where.find((condition) => condition.operator === 'contains') ??
  where.find((condition) => condition.operator === '==') ??
  where.find((condition) => condition.operator === 'in');

const driverValuesOf = (driver: AnyCondition | undefined): readonly ListValue[] => {
  const value = driver?.value;
  if (typeof value === 'object') return [...new Set(value)];
  return value === undefined ? [] : [bound(value)];
};

const positionOf = <Name extends CollectionName>(
  collection: Name,
  query: Query<Name>,
): CursorPosition | undefined => {
  if (query.cursor === undefined) return undefined;
  const position = decodeCursor(collection, query, query.cursor);
  if (position !== undefined) return position;
  throw new AppError('malformed_cursor', 'Leave `cursor` out to start at the first page.');
};

type PlanParts = Omit<ListPlan, 'shape' | 'values'>;

const shapeOf = ({
  collection,
  orderBy,
  descending,
  driver,
  driverValues,
  sieve,
  position,
}: PlanParts): string =>
  [
    collection,
    orderBy,
    descending,
    driver === undefined ? '' : `${driver.field} ${driver.operator} ${driverValues.length}`,
    ...sieve.map(({ field, operator }) => `${field} ${operator}`),
    position !== undefined,
  ].join();

/** Plans a page. A query without an index is a mistake in the program and throws a plain Error. */
export const planList = <Name extends CollectionName>(collection: Name, query: Query<Name>): ListPlan => {
  const problem = queryProblem(collection, query);
  if (problem !== undefined) throw new Error(`Query of ${collection} refused: ${problem}`);
  const where = (query.where ?? []) as readonly AnyCondition[];
  const driver = driverOf(where);
  const position = positionOf(collection, query);
  const driverValues = driverValuesOf(driver);
  const sieve = where.filter((condition) => condition !== driver);
  const descending = query.direction === 'descending';
  const parts = { collection, orderBy: query.orderBy, descending, driver, driverValues, sieve, position };
  const values = [
    ...driverValues,
    ...sieve.map((condition) => bound(condition.value)),
    ...(position === undefined ? [] : [position.value, position.id]),
    query.limit + 1,
  ];
  return { ...parts, shape: shapeOf(parts), values };
};

/** Whether no record can be in the list, so that nothing need be asked. */
export const isEmptyList = ({ driver, driverValues }: ListPlan): boolean =>
  driver !== undefined && driverValues.length === 0;

/** The page of the rows that a plan found: one more than wanted tells that there is another page. */
export const pageOf = <Name extends CollectionName>(
  collection: Name,
  query: Query<Name>,
  codec: RecordCodec<Name>,
  rows: readonly SqlRow[],
): Page<Records[Name]> => {
  const items = rows.slice(0, query.limit).map((row) => codec.decode(row));
  const last = items.at(-1);
  if (rows.length <= query.limit || last === undefined) return { items };
  const value = last[query.orderBy] as string | number;
  return { items, nextCursor: encodeCursor(collection, query, { value, id: last.id }) };
};

import { type CollectionIndex, collections, type FieldKind } from './collections.ts';
import type { Condition, Query } from './record-store.ts';
import type { CollectionName } from './records.ts';

/** Values that one `in` or `contains` may name. */
const maxConditionValues = 30;

const typeByKind: Record<FieldKind, string> = {
  text: 'string',
  time: 'string',
  integer: 'number',
  real: 'number',
  boolean: 'boolean',
  json: 'none',
  jsonText: 'none',
  large: 'none',
  list: 'none',
};

export const isRange = (operator: Condition<CollectionName>['operator']): boolean =>
  operator !== '==' && operator !== 'in' && operator !== 'contains';

const fieldKind = (collection: CollectionName, field: string): FieldKind | undefined =>
  new Map(Object.entries(collections[collection].fields)).get(field);

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= maxConditionValues &&
  value.every((item) => typeof item === 'string');

const valueProblem = (kind: FieldKind, condition: Condition<CollectionName>): string | undefined => {
  const { field, operator, value } = condition;
  if (operator === 'contains') {
    if (kind !== 'list') return `${field} is not a list field`;
    return typeof value === 'string' || isTextList(value)
      ? undefined
      : `contains wants up to ${maxConditionValues} texts`;
  }
  if (operator === 'in') {
    return typeByKind[kind] === 'string' && isTextList(value)
      ? undefined
      : `in wants up to ${maxConditionValues} texts`;
  }
  const expected = typeByKind[kind];
  if (Number.isNaN(value)) return `${field} is compared with NaN`;
  return typeof value === expected
    ? undefined
    : `${field} is kept as ${kind} and cannot be compared with ${typeof value}`;
};

const conditionProblem = <Name extends CollectionName>(
  collection: Name,
  query: Query<Name>,
  condition: Condition<Name>,
): string | undefined => {
  const kind = fieldKind(collection, condition.field);
  if (kind === undefined) return `there is no field ${condition.field}`;
  if (isRange(condition.operator)) {
    if (condition.field !== query.orderBy) return `a range is allowed on ${query.orderBy} only`;
  } else if (!hasIndex(collection, { equal: condition.field, order: query.orderBy })) {
    return `there is no index of ${condition.field} with ${query.orderBy}`;
  }
  return valueProblem(kind, condition as Condition<CollectionName>);
};

/** Ids are kept in order by every engine. */
const hasIndex = (collection: CollectionName, wanted: CollectionIndex<string>): boolean => {
  if (wanted.equal === undefined && wanted.order === 'id') return true;
  const indexes: readonly CollectionIndex<string>[] = collections[collection].indexes;
  return indexes.some((index) => index.equal === wanted.equal && index.order === wanted.order);
};

/**
 * Why a query may not be made, or undefined when it may: every engine refuses what one of them could only
 * answer by reading everything.
 */
export const queryProblem = <Name extends CollectionName>(
  collection: Name,
  query: Query<Name>,
): string | undefined => {
  const where = query.where ?? [];
  if (!Number.isSafeInteger(query.limit) || query.limit < 1) return 'limit is not a positive whole number';
  if (where.filter((condition) => condition.operator === 'contains').length > 1)
    return 'contains may be used once';
  const filtered = where.some((condition) => !isRange(condition.operator));
  if (!filtered && !hasIndex(collection, { order: query.orderBy }))
    return `there is no index of ${query.orderBy}`;
  for (const condition of where) {
    const problem = conditionProblem(collection, query, condition);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

import {
  type DocumentData,
  FieldPath,
  type Query as FirestoreQuery,
  type WhereFilterOp,
} from 'firebase-admin/firestore';
import { AppError } from '../../errors/app-error.ts';
import type { FieldKind } from '../../ports/collections.ts';
import { type CursorPosition, decodeCursor, encodeCursor } from '../../ports/cursor.ts';
import { isRange, queryProblem } from '../../ports/query-rules.ts';
import type { Condition, Page, Query } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import { fromDocument, kindsOf, timestampOf } from './document-codec.ts';
import { type Documents, nameOf } from './document-names.ts';
import { inParts } from './in-parts.ts';

type AnyCondition = Condition<CollectionName>;

const isListed = ({ value }: AnyCondition): boolean => typeof value === 'object';

const valuesOf = ({ value }: AnyCondition): string[] =>
  typeof value === 'object' ? [...new Set(value)] : [String(value)];

const single = (condition: AnyCondition, value: string): AnyCondition => ({
  ...condition,
  operator: condition.operator === 'in' ? '==' : condition.operator,
  value,
});

/** The query in parts that Firestore takes: lists multiply, so all but the longest are asked for value by value. */
const partsOf = (where: readonly AnyCondition[]): AnyCondition[][] => {
  const listed = where.filter(isListed).sort((a, b) => valuesOf(b).length - valuesOf(a).length);
  const [longest, ...others] = listed;
  const plain = where.filter((condition) => !isListed(condition));
  if (longest === undefined) return [plain];
  return others.reduce<AnyCondition[][]>(
    (parts, condition) =>
      parts.flatMap((part) => valuesOf(condition).map((value) => [...part, single(condition, value)])),
    inParts(valuesOf(longest)).map((value) => [...plain, { ...longest, value }]),
  );
};

const operatorOf = (condition: AnyCondition): WhereFilterOp => {
  if (condition.operator !== 'contains') return condition.operator;
  return isListed(condition) ? 'array-contains-any' : 'array-contains';
};

const kindOf = (collection: CollectionName, field: string): FieldKind | undefined =>
  new Map(kindsOf(collection)).get(field);

const comparable = (collection: CollectionName, field: string, value: AnyCondition['value']): unknown => {
  if (kindOf(collection, field) !== 'time') return value;
  return typeof value === 'object' ? value.map(timestampOf) : timestampOf(String(value));
};

/**
 * Less than every value of a kind. Firestore leaves documents without the ordering field out by itself; asked
 * for in words, so do servers that only look like it, and the same index answers.
 */
const lowestOf = (kind: FieldKind | undefined): unknown => {
  if (kind === 'time') return timestampOf('0001-01-01T00:00:00.000Z');
  return kind === 'text' ? '' : Number.NEGATIVE_INFINITY;
};

/** A cursor that was tampered with must not reach the SDK, which takes neither another kind nor a path. */
const isUsable = (kind: FieldKind | undefined, { value, id }: CursorPosition): boolean =>
  id !== '' && !id.includes('/') && (kind !== 'time' || Number.isFinite(Date.parse(String(value))));

const positionOf = <Name extends CollectionName>(collection: Name, query: Query<Name>): unknown[] => {
  if (query.cursor === undefined) return [];
  const position = decodeCursor(collection, query, query.cursor);
  if (position === undefined || !isUsable(kindOf(collection, query.orderBy), position)) {
    throw new AppError('malformed_cursor', 'Leave `cursor` out to start at the first page.');
  }
  const name = nameOf(position.id);
  return query.orderBy === 'id' ? [name] : [comparable(collection, query.orderBy, position.value), name];
};

const firestoreQuery = <Name extends CollectionName>(
  documents: Documents,
  collection: Name,
  query: Query<Name>,
  where: readonly AnyCondition[],
): FirestoreQuery => {
  const direction = query.direction === 'descending' ? 'desc' : 'asc';
  let made: FirestoreQuery = documents.all(collection);
  for (const condition of where) {
    const value = comparable(collection, condition.field, condition.value);
    made = made.where(condition.field, operatorOf(condition), value);
  }
  if (query.orderBy !== 'id') {
    const hasRange = where.some(({ operator }) => isRange(operator));
    if (!hasRange) made = made.where(query.orderBy, '>=', lowestOf(kindOf(collection, query.orderBy)));
    made = made.orderBy(query.orderBy, direction);
  }
  made = made.orderBy(FieldPath.documentId(), direction);
  const position = positionOf(collection, query);
  return (position.length > 0 ? made.startAfter(...position) : made).limit(query.limit + 1);
};

const byOrder = (orderBy: string, direction: 1 | -1) => (a: DocumentData, b: DocumentData) => {
  const less = orderBy === 'id' || a[orderBy] === b[orderBy] ? a.id < b.id : a[orderBy] < b[orderBy];
  return less ? -direction : direction;
};

/** The pages of the parts as one; a record that several of them found is there once. */
const merged = <Item extends { id: string }>(
  pages: readonly Item[][],
  orderBy: string,
  direction: 1 | -1,
): Item[] => {
  const [first = []] = pages;
  if (pages.length < 2) return first;
  const items = new Map(pages.flat().map((item) => [item.id, item]));
  return [...items.values()].sort(byOrder(orderBy, direction));
};

/** Reads one page. A query without an index is a mistake in the program and throws a plain Error. */
export const readPage = async <Name extends CollectionName>(
  { documents, calls }: { documents: Documents; calls: ServiceCalls },
  collection: Name,
  query: Query<Name>,
): Promise<Page<Records[Name]>> => {
  const problem = queryProblem(collection, query);
  if (problem !== undefined) throw new Error(`Query of ${collection} refused: ${problem}`);
  const parts = partsOf((query.where ?? []) as readonly AnyCondition[]);
  const queries = parts.map((where) => firestoreQuery(documents, collection, query, where));
  const found = await calls.make(() => Promise.all(queries.map((part) => part.get())));
  const pages = found.map(({ docs }) => docs.map((each) => fromDocument(collection, each.data())));
  const all = merged(pages, query.orderBy, query.direction === 'descending' ? -1 : 1);
  const items = all.slice(0, query.limit);
  const last = items.at(-1);
  if (all.length <= query.limit || last === undefined) return { items };
  const value = last[query.orderBy] as string | number;
  return { items, nextCursor: encodeCursor(collection, query, { value, id: last.id }) };
};

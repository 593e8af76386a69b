import { collections } from './collections.ts';
import type { Query } from './record-store.ts';
import type { CollectionName } from './records.ts';

/** Where a page ended: the value of the ordering field and the id of its last record. */
export interface CursorPosition {
  value: string | number;
  id: string;
}

const kindOfList = <Name extends CollectionName>(collection: Name, query: Query<Name>): string =>
  `${collection}.${query.orderBy}.${query.direction}`;

/** An opaque text, the same on every engine, that names the list's order and the position in it. */
export const encodeCursor = <Name extends CollectionName>(
  collection: Name,
  query: Query<Name>,
  position: CursorPosition,
): string =>
  Buffer.from(JSON.stringify([kindOfList(collection, query), position.value, position.id])).toString(
    'base64url',
  );

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** The position, or undefined when the text was not made by a list of this collection in this order. */
export const decodeCursor = <Name extends CollectionName>(
  collection: Name,
  query: Query<Name>,
  cursor: string,
): CursorPosition | undefined => {
  const parsed = parse(cursor);
  if (!Array.isArray(parsed) || parsed.length !== 3) return undefined;
  const [list, value, id]: unknown[] = parsed;
  if (list !== kindOfList(collection, query) || typeof id !== 'string') return undefined;
  const kind = new Map(Object.entries(collections[collection].fields)).get(query.orderBy);
  const isNumber = kind === 'integer' || kind === 'real';
  if (isNumber ? typeof value !== 'number' : typeof value !== 'string') return undefined;
  const position = { value: value as string | number, id };
  // The decoder forgives stray characters; what was not made here is refused all the same.
  return encodeCursor(collection, query, position) === cursor ? position : undefined;
};

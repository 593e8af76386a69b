import type { Query, RecordReader } from './record-store.ts';
import type { CollectionName, Records } from './records.ts';

/**
 * Every record of a query, page by page (smaller ones where records are large); between pages others get their
 * turn, as embedded engines answer at once.
 */
export async function* everyRecord<Name extends CollectionName>(
  store: RecordReader,
  collection: Name,
  query: Omit<Query<Name>, 'limit' | 'cursor'>,
  pageSize = 100,
): AsyncGenerator<Records[Name]> {
  let cursor: string | undefined;
  do {
    const page = await store.list(collection, { ...query, limit: pageSize, cursor });
    yield* page.items;
    cursor = page.nextCursor;
    if (cursor !== undefined) await new Promise((resolve) => setImmediate(resolve));
  } while (cursor !== undefined);
}

/** All records of a query at once, where they are few or all are needed together. */
export const allRecords = async <Name extends CollectionName>(
  ...query: Parameters<typeof everyRecord<Name>>
): Promise<Records[Name][]> => {
  const records: Records[Name][] = [];
  for await (const record of everyRecord(...query)) records.push(record);
  return records;
};

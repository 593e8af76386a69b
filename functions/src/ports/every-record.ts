import type { Query, RecordStore } from './record-store.ts';
import type { CollectionName, Records } from './records.ts';

const pageSize = 100;

/** Every record of a query, page by page. */
export async function* everyRecord<Name extends CollectionName>(
  store: RecordStore,
  collection: Name,
  query: Omit<Query<Name>, 'limit' | 'cursor'>,
): AsyncGenerator<Records[Name]> {
  let cursor: string | undefined;
  do {
    const page = await store.list(collection, { ...query, limit: pageSize, cursor });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

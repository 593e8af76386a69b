import type { RecordStore } from '../../ports/record-store.ts';
import { guideOf } from './document-guide.ts';

/** Documents are large, so few are held at once. */
const pageSize = 10;

/**
 * Makes the guides of documents that were kept before there were any. From the newest to the oldest: where the
 * oldest has one, all have.
 */
export const completeGuides = async (store: RecordStore): Promise<void> => {
  const byTime = { orderBy: 'createdAt' } as const;
  const [oldest] = (await store.list('documentation', { ...byTime, direction: 'ascending', limit: 1 })).items;
  if (oldest === undefined || (await store.get('documentGuides', oldest.id)) !== undefined) return;
  let cursor: string | undefined;
  do {
    const query = { ...byTime, direction: 'descending', limit: pageSize, cursor } as const;
    const page = await store.list('documentation', query);
    await store.write((writer) => {
      for (const stored of page.items) writer.put('documentGuides', guideOf(stored));
    });
    cursor = page.nextCursor;
  } while (cursor !== undefined);
};

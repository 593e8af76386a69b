import { everyRecord } from '../../ports/every-record.ts';
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
  const newestFirst = { ...byTime, direction: 'descending' } as const;
  for await (const stored of everyRecord(store, 'documentation', newestFirst, pageSize)) {
    await store.write((writer) => writer.put('documentGuides', guideOf(stored)));
  }
};

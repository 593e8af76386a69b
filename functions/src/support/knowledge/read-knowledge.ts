import { everyRecord } from '../../ports/every-record.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import { currentTopics } from './document-topics.ts';
import { articleItem, documentItem, type KnowledgeItem } from './knowledge-item.ts';

/** What is older than so many documents is history. */
const mostGuides = 200;

/** Everything that answers can rest on as it is in the records now, by key. */
export const readKnowledge = async (store: RecordStore): Promise<Map<string, KnowledgeItem>> => {
  const items = new Map<string, KnowledgeItem>();
  const newestFirst = { direction: 'descending' } as const;
  for await (const article of everyRecord(store, 'articles', { ...newestFirst, orderBy: 'updatedAt' })) {
    const item = articleItem(article);
    items.set(item.key, item);
  }
  const guides = await store.list('documentGuides', {
    ...newestFirst,
    orderBy: 'createdAt',
    limit: mostGuides,
  });
  for (const topic of currentTopics(guides.items)) {
    const item = documentItem(topic);
    items.set(item.key, item);
  }
  return items;
};

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { collections } from '../../ports/collections.ts';
import { firestoreIndexes } from './firestore-indexes.ts';

describe('firestore.indexes.json', () => {
  it('[RE3] is what the collections say: npx tsx scripts/firestore-indexes.ts writes it', async () => {
    const text = await readFile(new URL('../../../../firestore.indexes.json', import.meta.url), 'utf8');
    expect(JSON.parse(text)).toEqual(firestoreIndexes());
  });

  it('[RE3] has both directions of each filtered order, and no index of a field that orders nothing', () => {
    const { indexes, fieldOverrides } = firestoreIndexes();
    const filtered = Object.values(collections).flatMap((shape) =>
      shape.indexes.filter((index) => 'equal' in index && index.order !== 'id'),
    );
    expect(indexes).toHaveLength(filtered.length * 2);
    const indexOf = (collection: string, field: string) =>
      fieldOverrides.find(
        ({ collectionGroup, fieldPath }) => collectionGroup === collection && fieldPath === field,
      )?.indexes;
    expect(indexOf('sessionLog', 'at')).toEqual([]);
    expect(indexOf('sessionLog', 'data')).toEqual([]);
    expect(indexOf('supportSessions', 'startTime')).toHaveLength(2);
    expect(indexOf('localAccounts', 'userId')).toHaveLength(1);
  });
});

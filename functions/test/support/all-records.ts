import { everyRecord } from '../../src/ports/every-record.ts';
import type { RecordStore } from '../../src/ports/record-store.ts';
import type { CollectionName, Records } from '../../src/ports/records.ts';
import { movedCollections } from '../../src/upkeep/export-format.ts';

/** Everything a store keeps but what belongs to running servers, by collection and in the order of ids. */
export const allRecords = async (store: RecordStore): Promise<Record<string, Records[CollectionName][]>> => {
  const all: Record<string, Records[CollectionName][]> = {};
  for (const name of movedCollections) {
    const found: Records[CollectionName][] = [];
    for await (const record of everyRecord(store, name, { orderBy: 'id', direction: 'ascending' })) {
      found.push(record);
    }
    all[name] = found;
  }
  return all;
};

/** The same without the epochs, which a move renews. */
export const withoutEpochs = (all: Awaited<ReturnType<typeof allRecords>>): Record<string, object[]> => ({
  ...all,
  supportSessions: (all.supportSessions ?? []).map((session) => ({ ...session, epoch: 'any' })),
});

import { AppError } from '../errors/app-error.ts';
import { newId } from '../ids/new-id.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { CollectionName, Records, SupportSession } from '../ports/records.ts';
import { movedCollections } from './export-format.ts';
import { type ExportedRecord, readExport } from './read-export.ts';

/** Records of one write, and their size as JSON: below the limits of every engine. */
const batchRecords = 100;
const batchBytes = 1024 * 1024;

const refuseFilled = async (store: RecordStore): Promise<void> => {
  for (const collection of movedCollections) {
    const { items } = await store.list(collection, { orderBy: 'id', direction: 'ascending', limit: 1 });
    if (items.length === 0) continue;
    throw new AppError(
      'conflict',
      `The target holds ${collection} already: import into an empty DATA_DIR or database.`,
    );
  }
};

/** Positions of the old place say nothing in the new one (rule RT1). */
const inNewPlace = ({ collection, record }: ExportedRecord): Records[CollectionName] =>
  collection === 'supportSessions' ? { ...(record as SupportSession), epoch: newId() } : record;

const writeAll = (store: RecordStore, batch: readonly ExportedRecord[]): Promise<void> =>
  store.write((writer) => {
    for (const exported of batch) writer.create(exported.collection, inNewPlace(exported));
  });

/**
 * Puts an export into an empty store; every session's log gets a new epoch. `open` gives the lines of the file
 * from its beginning: it is read once to the end before anything is written, so that a file that is wrong or was
 * cut off changes nothing. Gives the number of records.
 */
export const importData = async (store: RecordStore, open: () => AsyncIterable<string>): Promise<number> => {
  await refuseFilled(store);
  let count = 0;
  for await (const _ of readExport(open())) count += 1;
  let batch: ExportedRecord[] = [];
  let bytes = 0;
  for await (const exported of readExport(open())) {
    batch.push(exported);
    bytes += JSON.stringify(exported.record).length;
    if (batch.length < batchRecords && bytes < batchBytes) continue;
    await writeAll(store, batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) await writeAll(store, batch);
  return count;
};

import { type Clock, isoTime } from '../ports/clock.ts';
import { everyRecord } from '../ports/every-record.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { jsonOf } from '../protocol/json-text.ts';
import { formatVersion, movedCollections } from './export-format.ts';

const line = (value: object): string => `${jsonOf(value)}\n`;

/**
 * All records as JSON Lines: a header, a line for each record, a footer with their number. Read page by page, so
 * that the size of the data does not matter; nobody may write meanwhile, or the lines are of several moments.
 */
export async function* exportData(store: RecordStore, clock: Clock): AsyncGenerator<string> {
  yield line({ proofdesk: 'data', version: formatVersion, exportedAt: isoTime(clock.now()) });
  let records = 0;
  for (const collection of movedCollections) {
    for await (const record of everyRecord(store, collection, { orderBy: 'id', direction: 'ascending' })) {
      records += 1;
      yield line({ collection, record });
    }
  }
  yield line({ end: true, records });
}

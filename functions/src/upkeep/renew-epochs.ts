import { newId } from '../ids/new-id.ts';
import { everyRecord } from '../ports/every-record.ts';
import type { RecordStore } from '../ports/record-store.ts';

/** After a restore every log gets a new epoch (rule RT1): clients start from a snapshot. Gives their number. */
export const renewEpochs = async (store: RecordStore): Promise<number> => {
  let renewed = 0;
  for await (const { id } of everyRecord(store, 'supportSessions', {
    orderBy: 'id',
    direction: 'ascending',
  })) {
    await store.transaction(async (transaction) => {
      const session = await transaction.get('supportSessions', id);
      if (session) transaction.put('supportSessions', { ...session, epoch: newId() });
    });
    renewed += 1;
  }
  return renewed;
};

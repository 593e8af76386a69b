import { afterEach, beforeEach, describe } from 'vitest';
import type { RecordStore } from './record-store.ts';
import { listsOfRecords } from './record-store-lists.contract.ts';
import type { StoreUnderTest } from './record-store-samples.contract.ts';
import { transactionsOfRecords } from './record-store-transactions.contract.ts';
import { type ValuesContract, valuesOfRecords } from './record-store-values.contract.ts';
import { writesOfRecords } from './record-store-writes.contract.ts';

/** An empty store and whoever else works on the same records. */
interface OpenedRecordStore {
  store: RecordStore;
  /** Another handle on the same records, as another process would have it; the caller closes it. */
  another(): Promise<RecordStore>;
  /** Removes what the store leaves behind; called after `store` was closed. */
  dispose?(): Promise<void>;
}

export interface RecordStoreContract extends ValuesContract {
  /** Name of the engine. */
  name: string;
  open(): Promise<OpenedRecordStore>;
}

/** What every engine of the record store must do. */
export const describeRecordStore = (contract: RecordStoreContract): void => {
  describe(`record store: ${contract.name}`, () => {
    let opened: OpenedRecordStore;
    beforeEach(async () => {
      opened = await contract.open();
    });
    afterEach(async () => {
      await opened.store.close();
      await opened.dispose?.();
    });
    const subject: StoreUnderTest = { store: () => opened.store, another: () => opened.another() };

    writesOfRecords(subject);
    transactionsOfRecords(subject);
    listsOfRecords(subject);
    valuesOfRecords(subject, contract);
  });
};

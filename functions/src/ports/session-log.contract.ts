import { afterEach, beforeEach, describe } from 'vitest';
import type { LoggedRecordStore } from './session-log.ts';
import { appendsToLogs } from './session-log-appends.contract.ts';
import { readsOfLogs } from './session-log-reads.contract.ts';
import type { LogUnderTest } from './session-log-samples.contract.ts';
import { transactionsOfLogs } from './session-log-transactions.contract.ts';
import { valuesOfLogs } from './session-log-values.contract.ts';
import { writersOfLogs } from './session-log-writers.contract.ts';

/** An empty store with its log, and whoever else works on the same records. */
interface OpenedLog {
  store: LoggedRecordStore;
  /** Another handle on the same records, as another process would have it; the caller closes it. */
  another(): Promise<LoggedRecordStore>;
  /** Removes what the store leaves behind; called after `store` was closed. */
  dispose?(): Promise<void>;
}

export interface SessionLogContract {
  /** Name of the engine. */
  name: string;
  open(): Promise<OpenedLog>;
  /** Generated values and interleavings; an engine over a network may do with fewer. */
  generated?: number;
}

/** What every engine of the session log must do. */
export const describeSessionLog = (contract: SessionLogContract): void => {
  describe(`session log: ${contract.name}`, () => {
    let opened: OpenedLog;
    beforeEach(async () => {
      opened = await contract.open();
    });
    afterEach(async () => {
      await opened.store.close();
      await opened.dispose?.();
    });
    const subject: LogUnderTest = { store: () => opened.store, another: () => opened.another() };
    const generated = contract.generated ?? 100;

    appendsToLogs(subject);
    readsOfLogs(subject);
    transactionsOfLogs(subject);
    valuesOfLogs(subject, generated);
    writersOfLogs(subject, generated);
  });
};

import type { RecordStore } from '../ports/record-store.ts';
import { createCustomerPasts } from '../support/routing/customer-past.ts';
import { createLearnedState } from '../support/routing/learned-state.ts';
import type { Logger } from '../telemetry/logger.ts';
import { clock } from './system-time.ts';

/** What past sessions taught, of the shop and of each customer. */
export const createLearning = (store: RecordStore, logger: Logger) => ({
  learned: createLearnedState({ store, clock, logger }),
  pasts: createCustomerPasts({ store, clock }),
});

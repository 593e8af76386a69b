import type { Operation } from './operation.ts';

/**
 * Keeps the operations of one user in one session until the server has answered them, so that they outlive the
 * page. Calls take effect in the order in which they were made.
 */
export interface Outbox {
  /** What was added and not removed, in the order of adding. */
  load(): Promise<Operation[]>;
  /** Does nothing when the operation is there. */
  add(operation: Operation): Promise<void>;
  /** Does nothing when it is not there. */
  remove(opId: string): Promise<void>;
}

/** Lasts as long as the object: give it to the next client of the same user and session to carry on. */
export const createMemoryOutbox = (): Outbox => {
  const operations = new Map<string, Operation>();
  return {
    load: async () => [...operations.values()],
    add: async (operation) => {
      if (!operations.has(operation.opId)) operations.set(operation.opId, operation);
    },
    remove: async (opId) => {
      operations.delete(opId);
    },
  };
};

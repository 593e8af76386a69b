import type { LoggedRecordStore } from '../../functions/src/ports/session-log.ts';
import { sampleSession } from '../../functions/src/testing/support-session.ts';
import { at, operation } from './operations.ts';

/** Clients of the product's session log: each appends one operation, and the next when it is acknowledged. */
export interface Clients {
  /** Runs for so long; gives the operations that were acknowledged. */
  run(windowMs: number): Promise<number>;
}

const epoch = 'bench';

export const openClients = async (store: LoggedRecordStore, count: number): Promise<Clients> => {
  const places = Array.from({ length: count }, (_, index) => ({ sessionId: `session-${index}`, seq: 0 }));
  await store.write((writer) => {
    for (const { sessionId } of places) {
      writer.put('supportSessions', sampleSession({ id: sessionId, epoch }));
    }
  });
  const appendNext = async (place: { sessionId: string; seq: number }): Promise<void> => {
    const { sessionId, seq } = place;
    const { entry, changes } = operation(sessionId, seq + 1);
    const expected = { epoch, seq };
    const outcome = await store.log.append({ sessionId, expected, at, entries: [entry], changes });
    if (outcome.outcome === 'moved') throw new Error('Nobody else appends, and yet the log moved.');
    place.seq += 1;
  };
  return {
    run: async (windowMs) => {
      const until = performance.now() + windowMs;
      let operations = 0;
      const work = async (place: { sessionId: string; seq: number }): Promise<void> => {
        while (performance.now() < until) {
          await appendNext(place);
          operations += 1;
        }
      };
      await Promise.all(places.map(work));
      return operations;
    },
  };
};

import type { LiveEvents } from '../../ports/live-events.ts';
import type { Transaction } from '../../ports/record-store.ts';
import type { NewLogEntry, SupportSession } from '../../ports/records.ts';
import type { LogPosition } from '../../ports/session-log.ts';
import { appendToLog } from './session-log.ts';

/** An entry that stands in a log once, whoever writes it and however often. */
export type OnceEntry = NewLogEntry & { operation: string };

/**
 * Writes the session and its entries, and gives where its log stands then; undefined, and nothing written, when
 * the operation of the first entry stands in a log already. The session, which the transaction has read, is
 * written even when it stays as it is: of two writers that both missed the operation one runs again and finds it.
 */
export const appendOnce = async (
  transaction: Transaction,
  session: SupportSession,
  now: number,
  entries: readonly [OnceEntry, ...NewLogEntry[]],
): Promise<LogPosition | undefined> => {
  const { items } = await transaction.list('sessionLog', {
    where: [{ field: 'operation', operator: '==', value: entries[0].operation }],
    orderBy: 'seq',
    direction: 'ascending',
    limit: 1,
  });
  if (items.length > 0) return undefined;
  transaction.put('supportSessions', session);
  const seq = await appendToLog(transaction, session.id, now, entries);
  return { epoch: session.epoch, seq };
};

/** Lets the session's room read on, as nothing but its log has changed; to be called after the commit. */
export const tellLogGrew = (live: LiveEvents, sessionId: string, position: LogPosition | undefined): void => {
  if (position === undefined) return;
  live.publish({ sessionId }, { event: 'session:head', payload: { sessionId, ...position } });
};

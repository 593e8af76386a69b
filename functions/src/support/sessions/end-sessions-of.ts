import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';
import type { createSessionEnder } from './end-session.ts';

const sessionsAtOnce = 50;

const openSessionsOf = async (
  store: RecordStore,
  customerId: string,
  status: 'queued' | 'active',
): Promise<SupportSession[]> => {
  const { items } = await store.list('supportSessions', {
    where: [
      { field: 'customerId', operator: '==', value: customerId },
      { field: 'status', operator: '==', value: status },
    ],
    orderBy: 'startTime',
    direction: 'ascending',
    limit: sessionsAtOnce,
  });
  return items;
};

/** Ends whatever a customer has open, as the customer would. */
export const endSessionsOf = async (
  store: RecordStore,
  end: ReturnType<typeof createSessionEnder>,
  customer: Identity,
): Promise<void> => {
  for (const status of ['queued', 'active'] as const) {
    let sessions = await openSessionsOf(store, customer.uid, status);
    while (sessions.length > 0) {
      for (const { id } of sessions) {
        await end(customer, id, { status: 'completed' }).catch((error: unknown) => {
          if (!(error instanceof AppError) || error.code !== 'session_closed') throw error;
        });
      }
      sessions = await openSessionsOf(store, customer.uid, status);
    }
  }
};

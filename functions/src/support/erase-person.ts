import type { Query, RecordStore } from '../ports/record-store.ts';
import type { CollectionName, Records } from '../ports/records.ts';

/** What stands in place of a text that was erased. */
export const erasedText = '[erased]';

const pageSize = 100;

/** Every record of a query, page by page. */
async function* every<Name extends CollectionName>(
  store: RecordStore,
  collection: Name,
  query: Omit<Query<Name>, 'limit' | 'cursor'>,
): AsyncGenerator<Records[Name]> {
  let cursor: string | undefined;
  do {
    const page = await store.list(collection, { ...query, limit: pageSize, cursor });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/**
 * Removes what a person wrote, in sessions, their logs and decisions. The records themselves stay without it,
 * so that figures about the past do not change. Gives the number of sessions.
 */
export const erasePerson = async (store: RecordStore, uid: string): Promise<number> => {
  const newestFirst = { orderBy: 'startTime', direction: 'descending' } as const;
  const ownSessions = {
    where: [{ field: 'customerId', operator: '==', value: uid }],
    ...newestFirst,
  } as const;
  let sessions = 0;
  for await (const { id } of every(store, 'supportSessions', ownSessions)) {
    sessions += 1;
    await store.transaction(async (transaction) => {
      const session = await transaction.get('supportSessions', id);
      if (!session) return;
      const { orderRef: _, ...rest } = session;
      const erased = { ...rest, issue: erasedText, subject: erasedText, tags: [], searchTerms: [] };
      transaction.put('supportSessions', erased);
    });
    const entries = every(store, 'sessionLog', {
      where: [{ field: 'sessionId', operator: '==', value: id }],
      orderBy: 'seq',
      direction: 'ascending',
    });
    for await (const entry of entries) {
      if (entry.kind !== 'message') continue;
      await store.write((writer) => writer.put('sessionLog', { ...entry, data: { body: erasedText } }));
    }
  }
  const decisions = every(store, 'routingDecisions', {
    where: [{ field: 'userId', operator: '==', value: uid }],
    orderBy: 'at',
    direction: 'descending',
  });
  for await (const decision of decisions) {
    const input = decision.input.urgency === undefined ? {} : { urgency: decision.input.urgency };
    const erased = { ...decision, issue: erasedText, reasoning: erasedText, input, factors: [] };
    await store.write((writer) => writer.put('routingDecisions', erased));
  }
  return sessions;
};

import type { Query, RecordStore } from '../ports/record-store.ts';
import type { CollectionName, Records, RoutingDecision, SessionLogEntry } from '../ports/records.ts';

/** What stands in place of a text that was erased. */
const erasedText = '[erased]';

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

const newestFirst = { orderBy: 'startTime', direction: 'descending' } as const;

const without = (entry: SessionLogEntry, texts: readonly string[]): SessionLogEntry => ({
  ...entry,
  data: Object.fromEntries(
    Object.entries(entry.data).map(([name, value]) => [name, texts.includes(name) ? erasedText : value]),
  ),
});

/** A customer's session keeps no text at all: neither the customer's own nor what staff noted about it. */
const withoutTexts = (entry: SessionLogEntry): SessionLogEntry => without(entry, ['body', 'note']);

/** In sessions of others, what the person wrote and what names them. */
const withoutPerson = (entry: SessionLogEntry, uid: string): SessionLogEntry => {
  const written = entry.authorId === uid ? withoutTexts(entry) : entry;
  return entry.data.agentId === uid ? without(written, ['agentName', 'note']) : written;
};

const eraseLog = async (
  store: RecordStore,
  sessionId: string,
  erase: (entry: SessionLogEntry) => SessionLogEntry,
): Promise<void> => {
  const entries = every(store, 'sessionLog', {
    where: [{ field: 'sessionId', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'ascending',
  });
  for await (const entry of entries) {
    const erased = erase(entry);
    if (JSON.stringify(erased.data) !== JSON.stringify(entry.data))
      await store.write((writer) => writer.put('sessionLog', erased));
  }
};

/** Factors, reasons and reasoning quote the issue, so they go with it. */
const decisionWithoutTexts = (decision: RoutingDecision): RoutingDecision => ({
  ...decision,
  issue: erasedText,
  reasoning: erasedText,
  input: decision.input.urgency === undefined ? {} : { urgency: decision.input.urgency },
  alternatives: decision.alternatives.map((alternative) => ({ ...alternative, reason: erasedText })),
  factors: [],
});

const eraseDecision = (store: RecordStore, id: string): Promise<void> =>
  store.transaction(async (transaction) => {
    const decision = await transaction.get('routingDecisions', id);
    if (decision) transaction.put('routingDecisions', decisionWithoutTexts(decision));
  });

const eraseSession = async (store: RecordStore, id: string): Promise<void> => {
  await store.transaction(async (transaction) => {
    const session = await transaction.get('supportSessions', id);
    if (!session) return;
    const { orderRef: _, ...rest } = session;
    const erased = { ...rest, issue: erasedText, subject: erasedText, tags: [], searchTerms: [] };
    transaction.put('supportSessions', erased);
  });
  await eraseLog(store, id, withoutTexts);
};

/**
 * Removes what a person wrote and what names them, in sessions, their logs and decisions. The records themselves
 * stay without it, so that figures about the past do not change. Goes through every session, because staff leave
 * words in those of others; safe to run again. Gives the number of the person's own sessions.
 */
export const erasePerson = async (store: RecordStore, uid: string): Promise<number> => {
  let own = 0;
  for await (const { id, customerId, decisionId } of every(store, 'supportSessions', newestFirst)) {
    if (customerId !== uid) {
      await eraseLog(store, id, (entry) => withoutPerson(entry, uid));
      continue;
    }
    own += 1;
    await eraseSession(store, id);
    await eraseDecision(store, decisionId);
  }
  const decisions = every(store, 'routingDecisions', {
    where: [{ field: 'userId', operator: '==', value: uid }],
    orderBy: 'at',
    direction: 'descending',
  });
  for await (const { id } of decisions) await eraseDecision(store, id);
  return own;
};

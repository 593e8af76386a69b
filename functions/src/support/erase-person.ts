import { everyRecord } from '../ports/every-record.ts';
import type { Files } from '../ports/files.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { RoutingDecision, SessionLogEntry } from '../ports/records.ts';
import { erasedEntry, erasedText, eraseLog } from './erase-log.ts';

const newestFirst = { orderBy: 'startTime', direction: 'descending' } as const;

/** A customer's session keeps no text at all: neither the customer's own nor what staff noted about it. */
const withoutTexts = (entry: SessionLogEntry): SessionLogEntry =>
  erasedEntry(entry, ['body', 'note', 'name', 'comment', 'sha256']);

/** In sessions of others, what the person wrote and what names them. */
const withoutPerson = (entry: SessionLogEntry, uid: string): SessionLogEntry => {
  const written = entry.authorId === uid ? withoutTexts(entry) : entry;
  return entry.data.agentId === uid ? erasedEntry(written, ['agentName', 'note']) : written;
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

interface Kept {
  store: RecordStore;
  files: Pick<Files, 'delete'>;
}

/** Artwork goes whole, and each file before its record: when this is cut short, what is left can still be found. */
const eraseProofs = async ({ store, files }: Kept, sessionId: string): Promise<void> => {
  const proofs = everyRecord(store, 'proofs', {
    where: [{ field: 'sessionId', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'ascending',
  });
  for await (const { id } of proofs) {
    await files.delete(id);
    await store.write((writer) => writer.delete('proofs', id));
  }
};

const eraseSession = async (kept: Kept, id: string): Promise<void> => {
  const { store } = kept;
  await eraseProofs(kept, id);
  await store.transaction(async (transaction) => {
    const session = await transaction.get('supportSessions', id);
    if (!session) return;
    const { orderRef: _, ...rest } = session;
    const erased = { ...rest, issue: erasedText, subject: erasedText, tags: [], searchTerms: [] };
    transaction.put('supportSessions', erased);
  });
  await eraseLog(store, id, withoutTexts);
};

/** What somebody learnt is about that person alone, so nothing of it stays. */
const eraseTraining = async (store: RecordStore, uid: string): Promise<void> => {
  const progress = everyRecord(store, 'trainingProgress', {
    where: [{ field: 'userId', operator: '==', value: uid }],
    orderBy: 'updatedAt',
    direction: 'descending',
  });
  for await (const { id } of progress) {
    await store.write((writer) => writer.delete('trainingProgress', id));
  }
};

/**
 * Removes what a person wrote and what names them, in sessions, their logs and decisions. The records themselves
 * stay without it, so that figures about the past do not change. Goes through every session, because staff leave
 * words in those of others; what they uploaded there is the customer's and stays. Safe to run again. Gives the number of the person's own sessions.
 */
export const erasePerson = async (kept: Kept, uid: string): Promise<number> => {
  const { store } = kept;
  let own = 0;
  for await (const { id, customerId, decisionId } of everyRecord(store, 'supportSessions', newestFirst)) {
    if (customerId !== uid) {
      await eraseLog(store, id, (entry) => withoutPerson(entry, uid));
      continue;
    }
    own += 1;
    await eraseSession(kept, id);
    await eraseDecision(store, decisionId);
  }
  const decisions = everyRecord(store, 'routingDecisions', {
    where: [{ field: 'userId', operator: '==', value: uid }],
    orderBy: 'at',
    direction: 'descending',
  });
  for await (const { id } of decisions) await eraseDecision(store, id);
  await eraseTraining(store, uid);
  return own;
};

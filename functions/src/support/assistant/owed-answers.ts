import type { RecordReader } from '../../ports/record-store.ts';
import type { SessionLogEntry, SupportSession } from '../../ports/records.ts';
import { answerOperation, assistantId } from '../sessions/assistant-writer.ts';

/** A conversation with the assistant as its log tells it. */
export interface Conversation {
  /** Messages of the customer that have no answer yet, oldest first. */
  owed: readonly SessionLogEntry[];
  /** How often the assistant did not know. */
  unsure: number;
  /** What the assistant has said already, the newest first. */
  said: ReadonlySet<string>;
}

/** Messages that are looked at; what was asked before them is not answered any more. */
const mostMessages = 200;

export const bodyOf = ({ data }: SessionLogEntry): string => String(data.body);

/** What the assistant owes to whom is not kept anywhere else, so that no crash can lose or double it. */
export const readConversation = async (
  reader: RecordReader,
  { id: sessionId, customerId }: SupportSession,
): Promise<Conversation> => {
  const { items } = await reader.list('sessionLog', {
    where: [{ field: 'conversation', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'descending',
    limit: mostMessages,
  });
  const messages = items.filter(({ kind, visibility }) => kind === 'message' && visibility === 'public');
  const own = messages.filter(({ authorId }) => authorId === assistantId);
  const answered = new Set(own.map(({ operation }) => operation));
  const owed = messages.filter(
    ({ authorId, seq }) => authorId === customerId && !answered.has(answerOperation({ sessionId, seq })),
  );
  return {
    owed: owed.reverse(),
    unsure: own.filter(({ data }) => data.unsure === true).length,
    said: new Set(own.map(bodyOf)),
  };
};

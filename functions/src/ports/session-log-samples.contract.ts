import type { JsonValue } from '../protocol/annotation-data.ts';
import { JsonText } from '../protocol/json-text.ts';
import { sampleSession } from '../testing/support-session.ts';
import type { NewLogEntry, SessionLogEntry, StoredAnnotation } from './records.ts';
import type { LogAppend, LoggedRecordStore } from './session-log.ts';

/** What the parts of the suite work with: the store of the running test, and handles as other nodes have them. */
export interface LogUnderTest {
  store(): LoggedRecordStore;
  another(): Promise<LoggedRecordStore>;
}

export const sessionId = 'session-1';
export const epoch = 'epoch-1';
export const at = '2026-01-31T09:00:00.000Z';
/** Where a log stands before its first entry. */
export const start = { epoch, seq: 0 };

export const putSession = (store: LoggedRecordStore, id = sessionId): Promise<void> =>
  store.write((writer) => writer.put('supportSessions', sampleSession({ id, epoch })));

export const message = (body: string, changes: Partial<NewLogEntry> = {}): NewLogEntry => ({
  kind: 'message',
  authorId: 'customer-1',
  visibility: 'public',
  data: { body },
  ...changes,
});

/** An entry of a kind that is no part of the conversation. */
export const mark = (id: string, changes: Partial<NewLogEntry> = {}): NewLogEntry =>
  message('', { kind: 'annotation:added', subjectId: id, data: { id }, ...changes });

export const messages = (count: number, from = 1): NewLogEntry[] =>
  Array.from({ length: count }, (_, index) => message(`message ${from + index}`));

/** What is special about an annotation, its drawing as the value. */
type AnnotationSample = Partial<Omit<StoredAnnotation, 'data'>> & { data?: JsonValue };

export const annotation = (
  id: string,
  seq: number,
  { data = { path: [[0.1, 0.2]] }, ...changes }: AnnotationSample = {},
): StoredAnnotation => ({
  id,
  sessionId,
  userId: 'customer-1',
  type: 'pen',
  data: JsonText.of(data),
  timestamp: at,
  layer: 'default',
  page: 1,
  seq,
  rev: seq,
  status: 'open',
  deleted: false,
  ...changes,
});

/** An append to a log that stands at `seq`. */
export const appendAt = (
  seq: number,
  entries: readonly NewLogEntry[],
  changes: Partial<LogAppend> = {},
): LogAppend => ({ sessionId, expected: { epoch, seq }, at, entries, ...changes });

/** All entries of a log, in pages of `limit`. */
export const readAll = async (
  { log }: LoggedRecordStore,
  id = sessionId,
  limit = 1000,
): Promise<SessionLogEntry[]> => {
  const all: SessionLogEntry[] = [];
  for (;;) {
    const { head, entries } = await log.read(id, all.length, limit);
    all.push(...entries);
    if (all.length >= head.seq) return all;
    // A page without an entry before the head must fail, not be read for ever.
    if (entries.length === 0) throw new Error(`nothing after ${all.length}, and the head is ${head.seq}`);
  }
};

/** 1, 2, 3 ... */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const seqsOf = (entries: readonly SessionLogEntry[]): number[] => entries.map(({ seq }) => seq);

import type { DocumentReference, Timestamp } from 'firebase-admin/firestore';
import { AppError } from '../../errors/app-error.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import type { AppendOutcome, LogPosition } from '../../ports/session-log.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import { applyWrite } from './apply-writes.ts';
import type { Documents } from './document-names.ts';
import { alreadyExists, grpc, grpcCodeOf, wasBeaten } from './failure.ts';
import type { LogHead, LogHeads } from './log-heads.ts';
import type { DocumentWrite } from './unit-writes.ts';

/** An append, encoded. */
export interface PreparedAppend {
  sessionId: string;
  expected: LogPosition;
  placed: readonly SessionLogEntry[];
  writes: readonly DocumentWrite[];
}

interface AppendOptions {
  documents: Documents;
  calls: ServiceCalls;
  heads: LogHeads;
}

/** Times a commit is tried whose head is right but was written anew meanwhile. */
const maxTries = 10;

const standsAt = (head: LogHead, { epoch, seq }: LogPosition): boolean =>
  head.epoch === epoch && head.seq === seq;

const headOf = async ({ heads }: AppendOptions, sessionId: string): Promise<LogHead> => {
  const head = await heads.read(sessionId);
  if (head === undefined) throw new AppError('not_found', 'There is no session with this id.');
  return head;
};

const anything = (_ref: DocumentReference): boolean => true;

/**
 * One batch: the head's entry must stand as it was written, which a write that changes nothing of it asks for,
 * and each place behind it must be free. No document is written by every append, so none is hot.
 */
const commitBehind = async (
  { documents, calls, heads }: AppendOptions,
  { sessionId, expected, placed, writes }: PreparedAppend,
  guard: Timestamp | undefined,
): Promise<Timestamp | undefined> => {
  const batch = documents.firestore.batch();
  if (guard !== undefined) {
    const entry = heads.entryAt(sessionId, expected.seq);
    batch.update(entry, { seq: expected.seq }, { lastUpdateTime: guard });
  }
  for (const write of writes) applyWrite(batch, write, anything);
  const results = await calls.make(() => batch.commit());
  return results[placed.length - (guard === undefined ? 1 : 0)]?.writeTime;
};

const positionOf = ({ epoch, seq }: LogPosition): LogPosition => ({ epoch, seq });

/** Commits the append if the log stands where its writer thinks, or says where it stands. */
export const appendBatch = async (
  options: AppendOptions,
  prepared: PreparedAppend,
): Promise<AppendOutcome> => {
  const { sessionId, expected, placed } = prepared;
  const remembered = options.heads.known(sessionId);
  let head = remembered && standsAt(remembered, expected) ? remembered : await headOf(options, sessionId);
  for (let tries = 0; tries < maxTries && standsAt(head, expected); tries += 1) {
    try {
      const updateTime = await commitBehind(options, prepared, head.updateTime);
      const next = { epoch: expected.epoch, seq: expected.seq + placed.length };
      options.heads.remember(sessionId, { ...next, updateTime });
      return { outcome: 'appended', head: next, entries: placed };
    } catch (error) {
      options.heads.forget(sessionId);
      if (!wasBeaten(error)) throw error;
      head = await headOf(options, sessionId);
      if (standsAt(head, expected) && grpcCodeOf(error) === grpc.alreadyExists) throw alreadyExists();
    }
  }
  if (!standsAt(head, expected)) return { outcome: 'moved', head: positionOf(head) };
  throw new AppError('unavailable', 'Others keep writing to this session. Try again.', { retryAfterMs: 500 });
};

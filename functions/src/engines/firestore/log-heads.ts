import type { Timestamp } from 'firebase-admin/firestore';
import QuickLru from 'quick-lru';
import { logEntryId } from '../../ports/log-entry.ts';
import type { LogPosition } from '../../ports/session-log.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import type { Documents } from './document-names.ts';

/** What those who want to write to one log take turns for. */
export const logKey = (sessionId: string): string => `log of ${sessionId}`;

/** Where a log stands, and when its last entry was written: another time means that it was rewritten. */
export interface LogHead extends LogPosition {
  /** Absent before the first entry. */
  updateTime?: Timestamp | undefined;
}

/** Logs whose head is remembered, so that a room that goes on needs no look before it commits. */
const mostRemembered = 10_000;

/** The heads of the logs, as they were written or read last. */
export class LogHeads {
  readonly #documents: Documents;
  readonly #calls: ServiceCalls;
  readonly #known = new QuickLru<string, LogHead>({ maxSize: mostRemembered });

  constructor(documents: Documents, calls: ServiceCalls) {
    this.#documents = documents;
    this.#calls = calls;
  }

  known(sessionId: string): LogHead | undefined {
    return this.#known.get(sessionId);
  }

  remember(sessionId: string, head: LogHead): void {
    this.#known.set(sessionId, head);
  }

  /** Somebody may have given the log another epoch. */
  forget(sessionId: string): void {
    this.#known.delete(sessionId);
  }

  /** Undefined when there is no such session. */
  async read(sessionId: string): Promise<LogHead | undefined> {
    const session = this.#documents.one('supportSessions', sessionId);
    const [[found], last] = await this.#calls.make(() =>
      Promise.all([
        this.#documents.firestore.getAll(session, { fieldMask: ['epoch'] }),
        newestEntry(this.#documents, sessionId).get(),
      ]),
    );
    const epoch: unknown = found?.get('epoch');
    if (typeof epoch !== 'string') return undefined;
    const entry = last.docs[0];
    const head = { epoch, seq: Number(entry?.get('seq') ?? 0), updateTime: entry?.updateTime };
    this.#known.set(sessionId, head);
    return head;
  }

  /** The document of the entry at a place. */
  entryAt(sessionId: string, seq: number) {
    return this.#documents.one('sessionLog', logEntryId(sessionId, seq));
  }
}

/** The query of a log's last entry. */
export const newestEntry = (documents: Documents, sessionId: string) =>
  documents.all('sessionLog').where('sessionId', '==', sessionId).orderBy('seq', 'desc').limit(1);

import type { DocumentData, Query, QuerySnapshot, Transaction } from 'firebase-admin/firestore';
import { AppError } from '../../errors/app-error.ts';
import { ensureWithin, logPageLimits, maxOperationsPerLookup } from '../../ports/log-limits.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import type { AppendOutcome, LogAppend, LogPage, LogSnapshot, SessionLog } from '../../ports/session-log.ts';
import type { Turns } from '../../ports/turns.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import type { RunWhileOpen } from '../stores/store-life.ts';
import { appendBatch, type PreparedAppend } from './append-batch.ts';
import { fromDocument } from './document-codec.ts';
import type { Documents } from './document-names.ts';
import { inParts } from './in-parts.ts';
import { type LogHeads, logKey, newestEntry } from './log-heads.ts';
import { UnitWrites, writeEntries } from './unit-writes.ts';

interface FirestoreSessionLogOptions {
  documents: Documents;
  calls: ServiceCalls;
  heads: LogHeads;
  /** One commit of a session is under way at a time; what comes meanwhile waits for how it ended. */
  turns: Turns;
  /** Close waits for what is run here: the SDK throws where nobody can catch it when it is asked after its end. */
  run: RunWhileOpen;
}

/** Entries that are taken at once while the size of a page is not known yet. */
const entriesPerStep = 100;

const entryOf = (document: DocumentData): SessionLogEntry => fromDocument('sessionLog', document);

const entriesOf = ({ docs }: QuerySnapshot): SessionLogEntry[] => docs.map((each) => entryOf(each.data()));

/** The logs in the same database, and the same commits, as the records. */
export class FirestoreSessionLog implements SessionLog {
  readonly #options: FirestoreSessionLogOptions;

  constructor(options: FirestoreSessionLogOptions) {
    this.#options = options;
  }

  async append({ sessionId, expected, at, entries, changes }: LogAppend): Promise<AppendOutcome> {
    const { documents, run } = this.#options;
    return run(async () => {
      const writes = new UnitWrites(documents);
      const placed = writeEntries(writes, { sessionId, head: expected.seq, at, entries }, changes);
      writes.seal();
      return this.#inTurn({ sessionId, expected, placed, writes: writes.all });
    });
  }

  async read(sessionId: string, since: number, limit: number): Promise<LogPage> {
    return this.#options.run(() => this.#page(sessionId, since, limit));
  }

  async #page(sessionId: string, since: number, limit: number): Promise<LogPage> {
    ensureWithin('since', since, 0, Number.MAX_SAFE_INTEGER);
    ensureWithin('limit', limit, 1, logPageLimits.entries);
    const head = await this.#options.heads.read(sessionId);
    if (head === undefined) throw new AppError('not_found', 'There is no session with this id.');
    const { epoch, seq } = head;
    // Entries never change their place, so those up to a head that was read before are what stood there then.
    return { head: { epoch, seq }, entries: await this.#entriesAfter(sessionId, since, seq, limit) };
  }

  async snapshot(sessionId: string, messages: number): Promise<LogSnapshot | undefined> {
    const { calls, documents, run } = this.#options;
    return run(async () => {
      ensureWithin('messages', messages, 0, logPageLimits.entries);
      const read = (moment: Transaction) => this.#state(moment, sessionId, messages);
      return calls.make(() => documents.firestore.runTransaction(read, { readOnly: true }));
    });
  }

  async operations(sessionId: string, operations: readonly string[]): Promise<readonly SessionLogEntry[]> {
    return this.#options.run(() => this.#lookUp(sessionId, operations));
  }

  async #lookUp(sessionId: string, operations: readonly string[]): Promise<SessionLogEntry[]> {
    const { calls, documents } = this.#options;
    ensureWithin('the number of operations', operations.length, 0, maxOperationsPerLookup);
    const queries = inParts([...new Set(operations)]).map((part) =>
      documents
        .all('sessionLog')
        .where('operation', 'in', part)
        .where('sessionId', '==', sessionId)
        .orderBy('seq'),
    );
    const found = await calls.make(() => Promise.all(queries.map((query) => query.get())));
    return found.flatMap(entriesOf).sort((a, b) => a.seq - b.seq);
  }

  async #inTurn(prepared: PreparedAppend): Promise<AppendOutcome> {
    const release = await this.#options.turns.take(logKey(prepared.sessionId));
    try {
      return await appendBatch(this.#options, prepared);
    } finally {
      release();
    }
  }

  async #state(moment: Transaction, sessionId: string, messages: number): Promise<LogSnapshot | undefined> {
    const { documents } = this.#options;
    const session = (await moment.get(documents.one('supportSessions', sessionId))).data();
    if (session === undefined) return undefined;
    const [last, annotations, said] = await Promise.all([
      moment.get(newestEntry(documents, sessionId)),
      moment.get(documents.all('annotations').where('sessionId', '==', sessionId).orderBy('seq')),
      messages === 0 ? undefined : moment.get(this.#said(sessionId, messages)),
    ]);
    return {
      position: { epoch: String(session.epoch), seq: Number(last.docs[0]?.get('seq') ?? 0) },
      session: fromDocument('supportSessions', session),
      annotations: annotations.docs
        .map((each) => fromDocument('annotations', each.data()))
        .filter(({ deleted }) => !deleted),
      messages: said === undefined ? [] : entriesOf(said).reverse(),
    };
  }

  /** Messages and comments, newest first. */
  #said(sessionId: string, limit: number): Query {
    const { documents } = this.#options;
    return documents
      .all('sessionLog')
      .where('conversation', '==', sessionId)
      .orderBy('seq', 'desc')
      .limit(limit);
  }

  async #entriesAfter(
    sessionId: string,
    since: number,
    head: number,
    limit: number,
  ): Promise<SessionLogEntry[]> {
    const entries: SessionLogEntry[] = [];
    let bytes = 0;
    while (entries.length < limit && since + entries.length < head) {
      const wanted = Math.min(entriesPerStep, limit - entries.length);
      for (const document of await this.#step(sessionId, since + entries.length, head, wanted)) {
        bytes += Buffer.byteLength(String(document.data));
        if (bytes > logPageLimits.bytes && entries.length > 0) return entries;
        entries.push(entryOf(document));
      }
    }
    return entries;
  }

  async #step(sessionId: string, since: number, head: number, limit: number): Promise<DocumentData[]> {
    const query = this.#options.documents
      .all('sessionLog')
      .where('sessionId', '==', sessionId)
      .where('seq', '>', since)
      .where('seq', '<=', head)
      .orderBy('seq')
      .limit(limit);
    const { docs } = await this.#options.calls.make(() => query.get());
    if (docs.length === 0) throw new Error(`The log of ${sessionId} has no entry after ${since}`);
    return docs.map((each) => each.data());
  }
}

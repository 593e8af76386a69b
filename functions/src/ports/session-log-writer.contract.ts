import type { SessionLogEntry } from './records.ts';
import type { LogChanges, LoggedRecordStore } from './session-log.ts';
import { annotation, appendAt, mark } from './session-log-samples.contract.ts';

/** Appends as a room does: only from a head up to which it knows every entry, and each operation once. */
export class LogWriter {
  readonly #store: LoggedRecordStore;
  readonly #sessionId: string;
  readonly #known = new Map<string, number>();
  #head = 0;

  constructor(store: LoggedRecordStore, sessionId: string) {
    this.#store = store;
    this.#sessionId = sessionId;
  }

  /** Gives each operation the place at which it stands at last. */
  async apply(operations: readonly string[]): Promise<(number | undefined)[]> {
    for (;;) {
      const missing = operations.filter((operation) => !this.#known.has(operation));
      if (missing.length === 0) return operations.map((operation) => this.#known.get(operation));
      await this.#try(missing);
    }
  }

  async #try(operations: readonly string[]): Promise<void> {
    const sessionId = this.#sessionId;
    const first = this.#head + 1;
    const entries = operations.map((operation) =>
      mark(`${sessionId}-${operation.replace('/', '-')}`, { operation }),
    );
    const changes = (writer: LogChanges): void => {
      for (const [index, { subjectId = '' }] of entries.entries()) {
        writer.create('annotations', annotation(subjectId, first + index, { sessionId }));
      }
    };
    const outcome = await this.#store.log.append(appendAt(this.#head, entries, { sessionId, changes }));
    if (outcome.outcome === 'appended') this.#learn(outcome.entries);
    else this.#learn((await this.#store.log.read(sessionId, this.#head, 1000)).entries);
  }

  #learn(entries: readonly SessionLogEntry[]): void {
    for (const { seq, operation } of entries) {
      if (operation !== undefined) this.#known.set(operation, seq);
      this.#head = Math.max(this.#head, seq);
    }
  }
}

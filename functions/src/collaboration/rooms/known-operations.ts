import type { SessionLogEntry } from '../../ports/records.ts';
import { subjectOf } from './entry-data.ts';

/** What stands in the log of an operation: its first ack (rule RT3). */
export interface KnownOperation {
  id: string;
  seq: number;
  at: string;
  contentHash: string | undefined;
}

/** Entries whose operations a room holds; older ones are looked up. */
export const heldEntries = 2_000;

/** The operations of the newest entries of a log. */
export class KnownOperations {
  readonly #operations = new Map<string, KnownOperation>();
  #complete: number;

  /** Nothing is known of entries up to `after`. */
  constructor(after: number) {
    this.#complete = after;
  }

  /** Operations of entries after this place are all held. */
  get completeAfter(): number {
    return this.#complete;
  }

  find(key: string): KnownOperation | undefined {
    return this.#operations.get(key);
  }

  note(entry: SessionLogEntry): void {
    const { operation, seq, at, contentHash } = entry;
    if (operation !== undefined) {
      this.#operations.set(operation, { id: subjectOf(entry), seq, at, contentHash });
    }
    this.#forget(seq - heldEntries);
  }

  /** Takes in what was learnt of older entries, so that everything after `after` is held. */
  learn(entries: readonly SessionLogEntry[], after: number): void {
    const newer = [...this.#operations];
    this.#operations.clear();
    this.#complete = Math.min(this.#complete, after);
    for (const entry of entries) this.note(entry);
    for (const [key, operation] of newer) this.#operations.set(key, operation);
  }

  /** The map is in order of `seq`, so the oldest come first. */
  #forget(upTo: number): void {
    if (upTo <= this.#complete) return;
    this.#complete = upTo;
    for (const [key, { seq }] of this.#operations) {
      if (seq > upTo) return;
      this.#operations.delete(key);
    }
  }
}

import { logKey, recordKey, type UnitContent } from './write.ts';

/**
 * Those who lost a race for a record, or for the head of a log, read again over the network; a writer that never
 * pauses would beat them every time. So for a moment the units of this node that would change it wait.
 */
export class Holds {
  readonly #until = new Map<string, number>();

  /** Holds others back; the caller must call what it gets when it is done. */
  place(key: string, forMs: number): () => void {
    this.#until.set(key, performance.now() + forMs);
    return () => void this.#until.delete(key);
  }

  /** Whether a unit must wait, and until when. */
  until({ writes, appended }: UnitContent): number | undefined {
    if (this.#until.size === 0) return undefined;
    const keys = [
      ...writes.map(({ collection, id }) => recordKey(collection, id)),
      ...[...appended.keys()].map(logKey),
    ];
    const now = performance.now();
    return keys.map((key) => this.#until.get(key)).find((until) => until !== undefined && until > now);
  }
}

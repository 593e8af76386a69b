import type { Surroundings } from './surroundings.ts';

/** A preview that is not followed by another one, or by its annotation, was given up. */
const expiryMs = 5_000;

/** Lets previews of strokes vanish whose author has stopped without saying so. */
export class PreviewExpiry {
  readonly #after: Surroundings['after'];
  readonly #expired: (userId: string, id: string) => void;
  readonly #cancels = new Map<string, () => void>();

  constructor({ after }: Pick<Surroundings, 'after'>, expired: (userId: string, id: string) => void) {
    this.#after = after;
    this.#expired = expired;
  }

  seen({ userId, id }: { userId: string; id: string }): void {
    this.#cancels.get(userId)?.();
    const cancel = this.#after(expiryMs, () => {
      this.#cancels.delete(userId);
      this.#expired(userId, id);
    });
    this.#cancels.set(userId, cancel);
  }

  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}

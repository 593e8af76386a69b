import type { CancelTimer, Timers } from '../../ports/timers.ts';

/** Without another typing:start somebody counts as typing for this long. */
export const typingExpiryMs = 6_000;

/** Who is typing in one session; tells only of changes. */
export class Typing {
  readonly #expiries = new Map<string, CancelTimer>();
  readonly #timers: Timers;
  readonly #changed: (userId: string, typing: boolean) => void;

  constructor(timers: Timers, changed: (userId: string, typing: boolean) => void) {
    this.#timers = timers;
    this.#changed = changed;
  }

  start(userId: string): void {
    const known = this.#expiries.get(userId);
    known?.();
    this.#expiries.set(
      userId,
      this.#timers.after(typingExpiryMs, () => this.stop(userId)),
    );
    if (known === undefined) this.#changed(userId, true);
  }

  stop(userId: string): void {
    const expiry = this.#expiries.get(userId);
    if (expiry === undefined) return;
    expiry();
    this.#expiries.delete(userId);
    this.#changed(userId, false);
  }

  /** Forgets everybody without telling. */
  clear(): void {
    for (const cancel of this.#expiries.values()) cancel();
    this.#expiries.clear();
  }
}

import type { Surroundings } from './surroundings.ts';

/** The server forgets somebody who types after 6 s: said again well before. */
const repeatMs = 3_000;
/** Whoever has not typed for so long has stopped. */
const silenceMs = 4_000;

/** Says that the user types, and that typing has ended, without saying it for every key. */
export class TypingSignal {
  readonly #surroundings: Pick<Surroundings, 'now' | 'after'>;
  readonly #send: (event: 'typing:start' | 'typing:stop') => void;
  #saidAt: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(
    surroundings: Pick<Surroundings, 'now' | 'after'>,
    send: (event: 'typing:start' | 'typing:stop') => void,
  ) {
    this.#surroundings = surroundings;
    this.#send = send;
  }

  /** A key was pressed. */
  typed(): void {
    const now = this.#surroundings.now();
    this.#cancel?.();
    this.#cancel = this.#surroundings.after(silenceMs, () => this.stopped());
    // A clock that was set back must not keep it silent.
    if (this.#saidAt !== undefined && Math.abs(now - this.#saidAt) < repeatMs) return;
    this.#saidAt = now;
    this.#send('typing:start');
  }

  /** The message was sent, or given up. */
  stopped(): void {
    if (this.#saidAt === undefined) return;
    this.clear();
    this.#send('typing:stop');
  }

  /** The connection is gone; the server knows nothing of it any more. */
  clear(): void {
    this.#saidAt = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

import type { Surroundings } from './surroundings.ts';

/** Sends the latest of what changes fast: the first at once, then at a pace, and the last one always (rule RT7). */
export class LatestSender<Name extends string, Payload> {
  readonly #waiting = new Map<Name, Payload>();
  readonly #intervalMs: number;
  readonly #after: Surroundings['after'];
  readonly #send: (name: Name, payload: Payload) => void;
  #cancel: (() => void) | undefined;

  constructor(
    intervalMs: number,
    { after }: Pick<Surroundings, 'after'>,
    send: (name: Name, payload: Payload) => void,
  ) {
    this.#intervalMs = intervalMs;
    this.#after = after;
    this.#send = send;
  }

  /** Takes the place of what waits under the same name. */
  put(name: Name, payload: Payload): void {
    this.#waiting.set(name, payload);
    if (this.#cancel === undefined) this.#flush();
  }

  clear(): void {
    this.#waiting.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #flush(): void {
    this.#cancel = undefined;
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#cancel = this.#after(this.#intervalMs, () => this.#flush());
    for (const [name, payload] of waiting) this.#send(name, payload);
  }
}

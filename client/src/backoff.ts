const firstMs = 500;
const longestMs = 15_000;

/** Ever longer waits, each shortened by chance, so that those who were cut off together do not return together. */
export class Backoff {
  #failures = 0;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds to wait after one more failure; at least what was asked for. */
  next(atLeastMs = 0): number {
    const fullMs = Math.min(longestMs, firstMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 10);
    return Math.max(atLeastMs, Math.round(fullMs * (0.5 + this.#random() / 2)));
  }

  reset(): void {
    this.#failures = 0;
  }
}

/**
 * Lets those who lost a race for one record try again one after another, in the order in which they lost:
 * otherwise of a hundred writers one would win each round and the last would give up. Nobody holds more than
 * one turn at a time, so nobody can wait in a circle.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Waits for the turn; the caller must call what it gets exactly once when it is done. */
  async take(key: string): Promise<() => void> {
    const before = this.#last.get(key);
    let release = (): void => {};
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#last.set(key, mine);
    await before;
    return () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
      release();
    };
  }
}

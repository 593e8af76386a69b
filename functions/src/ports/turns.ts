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

  /**
   * Runs an attempt until it is not beaten, `most` times; one that was beaten has its turn for what it lost.
   * Undefined when the last was beaten, too.
   */
  async attempt<Result>(
    most: number,
    attempt: (tries: number) => Promise<Attempt<Result>>,
  ): Promise<{ result: Result } | undefined> {
    let turn: { key: string; release: () => void } | undefined;
    try {
      for (let tries = 0; tries < most; tries += 1) {
        const { beatenFor: key, result } = await attempt(tries);
        if (key === undefined) return { result };
        if (turn?.key === key) continue;
        turn?.release();
        turn = { key, release: await this.take(key) };
      }
      return undefined;
    } finally {
      turn?.release();
    }
  }
}

/** How an attempt ended: `beatenFor` names what another one was faster for. */
export interface Attempt<Result> {
  result: Result;
  beatenFor?: string | undefined;
}

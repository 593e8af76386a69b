import { AppError } from '../../errors/app-error.ts';

/** Runs what a store is asked for; AppError `unavailable` when the store is closing. */
export type RunWhileOpen = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Lets a store finish what is under way before it is closed, and refuses whoever comes later. */
export class StoreLife {
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  readonly refuseWhenClosing = (): void => {
    if (this.#closing === undefined) return;
    throw new AppError('unavailable', 'The service is stopping. Try again.', { retryAfterMs: 1000 });
  };

  /** What is done here is waited for by `close`. */
  readonly track = async <Result>(work: Promise<Result>): Promise<Result> => {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  };

  /** Does something that `close` waits for, unless the store is closing. */
  readonly run: RunWhileOpen = async (work) => {
    this.refuseWhenClosing();
    return this.track(work());
  };

  /** Safe to call twice; `letGo` is called once, after everything under way has ended. */
  close(letGo: () => Promise<void>): Promise<void> {
    this.#closing ??= this.#settle().then(letGo);
    return this.#closing;
  }

  async #settle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }
}

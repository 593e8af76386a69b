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

  /** Does something that `close` waits for, unless the store is closing. */
  readonly run: RunWhileOpen = async (work) => {
    this.refuseWhenClosing();
    const running = work();
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
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

import type { CancelTimer, Timers } from './timers.ts';

/** Work in the background that is done again and again, one run at a time. */
export interface RepeatedWork {
  /** Does it now, unless a run is under way. */
  run(): void;
  /** Does it every so often from now on. */
  start(): void;
  /** Ends it, and waits for a run that is under way. */
  stop(): Promise<void>;
}

export interface RepeatedWorkOptions {
  timers: Timers;
  everyMs: number;
  /** Never rejects. */
  work(): Promise<void>;
}

export const createRepeatedWork = ({ timers, everyMs, work }: RepeatedWorkOptions): RepeatedWork => {
  let cancel: CancelTimer = () => undefined;
  let running: Promise<void> | undefined;

  const run = (): void => {
    running ??= work().finally(() => {
      running = undefined;
    });
  };

  return {
    run,
    start: () => {
      cancel = timers.every(everyMs, run);
    },
    stop: async () => {
      cancel();
      await running;
    },
  };
};

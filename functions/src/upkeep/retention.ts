import type { CancelTimer, Timers } from '../ports/timers.ts';
import { type EraseOldOptions, eraseOld } from './erase-old.ts';

export interface RetentionOptions extends Omit<EraseOldOptions, 'days'> {
  /** Undefined: everything is kept. */
  days: number | undefined;
  timers: Timers;
  logger: Record<'info' | 'error', (details: object, message: string) => void>;
}

/** Erases what is old, in the background. */
export interface Retention {
  start(): void;
  /** Ends it, and waits for a run that is under way. */
  stop(): Promise<void>;
}

/** Each run erases a bounded number, so it comes often enough for a busy shop. */
const runEveryMs = 600_000;

export const createRetention = ({ days, timers, logger, ...options }: RetentionOptions): Retention => {
  let cancel: CancelTimer = () => undefined;
  let running: Promise<void> | undefined;

  const erase = async (limit: number): Promise<void> => {
    try {
      const erased = await eraseOld({ ...options, days: limit });
      if (erased.sessions + erased.decisions > 0) logger.info(erased, 'old sessions were erased');
    } catch (error) {
      logger.error({ err: error }, 'old sessions were not erased; the next run tries again');
    }
    running = undefined;
  };

  return {
    start: () => {
      if (days === undefined) return;
      cancel = timers.every(runEveryMs, () => {
        running ??= erase(days);
      });
    },
    stop: async () => {
      cancel();
      await running;
    },
  };
};

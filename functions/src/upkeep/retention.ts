import { createRepeatedWork, type RepeatedWork } from '../ports/repeated-work.ts';
import type { Timers } from '../ports/timers.ts';
import { type EraseOldOptions, eraseOld } from './erase-old.ts';

export interface RetentionOptions extends Omit<EraseOldOptions, 'days'> {
  /** Undefined: everything is kept. */
  days: number | undefined;
  timers: Timers;
  logger: Record<'info' | 'error', (details: object, message: string) => void>;
}

/** Erases what is old, in the background. */
export type Retention = Pick<RepeatedWork, 'start' | 'stop'>;

/** Each run erases a bounded number, so it comes often enough for a busy shop. */
const runEveryMs = 600_000;

export const createRetention = ({ days, timers, logger, ...options }: RetentionOptions): Retention => {
  const erase = async (limit: number): Promise<void> => {
    try {
      const erased = await eraseOld({ ...options, days: limit });
      if (erased.sessions + erased.decisions > 0) logger.info(erased, 'old sessions were erased');
    } catch (error) {
      logger.error({ err: error }, 'old sessions were not erased; the next run tries again');
    }
  };

  if (days === undefined) return { start: () => undefined, stop: async () => undefined };
  return createRepeatedWork({ timers, everyMs: runEveryMs, work: () => erase(days) });
};

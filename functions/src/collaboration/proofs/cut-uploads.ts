import type { Files } from '../../ports/files.ts';
import { createRepeatedWork, type RepeatedWork } from '../../ports/repeated-work.ts';
import type { Timers } from '../../ports/timers.ts';
import type { UploadNotes } from './upload-notes.ts';

export interface CutUploadsOptions {
  files: Pick<Files, 'removeLeftovers'>;
  notes: Pick<UploadNotes, 'clear'>;
  timers: Timers;
  logger: Record<'info' | 'error', (details: object, message: string) => void>;
}

/** Removes what cut uploads left, in the background, and at once when it starts. */
export type CutUploads = Pick<RepeatedWork, 'start' | 'stop'>;

const runEveryMs = 600_000;
/** An upload that nobody has written to for so long was cut, whoever of several servers took it. */
export const idleUploadMs = 3_600_000;

export const createCutUploads = ({ files, notes, timers, logger }: CutUploadsOptions): CutUploads => {
  const remove = async (): Promise<void> => {
    try {
      const uploads = await notes.clear();
      if (uploads > 0) logger.info({ uploads }, 'what cut uploads left was removed');
      await files.removeLeftovers(idleUploadMs);
    } catch (error) {
      logger.error({ err: error }, 'what cut uploads left was not removed; the next run tries again');
    }
  };

  const { run, start, stop } = createRepeatedWork({ timers, everyMs: runEveryMs, work: remove });
  return {
    start: () => {
      run();
      start();
    },
    stop,
  };
};

import type { Files } from '../../ports/files.ts';
import type { CancelTimer, Timers } from '../../ports/timers.ts';
import type { UploadNotes } from './upload-notes.ts';

export interface CutUploadsOptions {
  files: Pick<Files, 'removeLeftovers'>;
  notes: Pick<UploadNotes, 'clear'>;
  timers: Timers;
  logger: Record<'info' | 'error', (details: object, message: string) => void>;
}

/** Removes what cut uploads left, in the background. */
export interface CutUploads {
  start(): void;
  /** Ends it, and waits for a run that is under way. */
  stop(): Promise<void>;
}

const runEveryMs = 600_000;
/** An upload that nobody has written to for so long was cut, whoever of several servers took it. */
export const idleUploadMs = 3_600_000;

export const createCutUploads = ({ files, notes, timers, logger }: CutUploadsOptions): CutUploads => {
  let cancel: CancelTimer = () => undefined;
  let running: Promise<void> | undefined;

  const remove = async (): Promise<void> => {
    try {
      const uploads = await notes.clear();
      if (uploads > 0) logger.info({ uploads }, 'what cut uploads left was removed');
      await files.removeLeftovers(idleUploadMs);
    } catch (error) {
      logger.error({ err: error }, 'what cut uploads left was not removed; the next run tries again');
    }
    running = undefined;
  };

  const run = (): void => {
    running ??= remove();
  };

  return {
    start: () => {
      run();
      cancel = timers.every(runEveryMs, run);
    },
    stop: async () => {
      cancel();
      await running;
    },
  };
};

import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { DocumentationJob } from '../../protocol/documentation-api.ts';
import { type DocumentKey, documentId } from '../documents/document-library.ts';
import { createJob, type Job, type JobOptions } from './job.ts';
import { createRunRecords } from './run-records.ts';

/** The runs that make documents: one at a time on this server, and one for each document on however many. */
export interface JobBoard {
  /** The run for this key that is under way, here or elsewhere, or a new one. */
  start(key: DocumentKey): Job;
  /** A run of any server. AppError `not_found`. */
  find(id: string): Promise<DocumentationJob>;
  /** Whether the last run for this document did not come to its end; false when none is known. */
  isOpen(id: string): Promise<boolean>;
  /** Fulfilled when a run of this server has ended; one of another has a moment to hear of it. AppError `not_found`. */
  cancel(id: string): Promise<void>;
  /** Ends all runs of this server, and waits for that. */
  stop(): Promise<void>;
}

export interface JobBoardOptions extends Omit<JobOptions, 'runs' | 'inTurn'> {
  store: RecordStore;
  clock: Clock;
}

export const createJobBoard = (options: JobBoardOptions): JobBoard => {
  const runs = createRunRecords(options);
  const underWay = new Map<string, Job>();
  let last: Promise<unknown> = Promise.resolve();

  const inTurn: JobOptions['inTurn'] = (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  return {
    start: (key) => {
      const id = documentId(key);
      const known = underWay.get(id);
      if (known !== undefined) return known;
      const job = createJob(key, { ...options, runs, inTurn });
      underWay.set(id, job);
      void job.ended.then(() => underWay.delete(id));
      return job;
    },
    find: async (id) => underWay.get(id)?.view() ?? (await runs.find(id)).job,
    isOpen: runs.isOpen,
    cancel: async (id) => {
      const job = underWay.get(id);
      if (job === undefined) return runs.cancel(id);
      job.cancel();
      await job.ended;
    },
    stop: async () => {
      const jobs = [...underWay.values()];
      for (const job of jobs) job.stop();
      await Promise.all(jobs.map(({ ended }) => ended));
    },
  };
};

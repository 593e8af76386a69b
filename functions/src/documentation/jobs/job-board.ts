import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { StoredDocument } from '../../ports/records.ts';
import type { DocumentationJob } from '../../protocol/documentation-api.ts';
import { type DocumentKey, documentId } from '../documents/document-library.ts';

/** What a run is given. */
export interface JobWork {
  key: DocumentKey;
  signal: AbortSignal;
  report(progress: DocumentationJob['progress']): void;
}

/** A run under way, or ended a short while ago. */
export interface Job {
  view(): DocumentationJob;
  /** Settles with the document, or undefined when it failed or was cancelled; never rejects. */
  ended: Promise<StoredDocument | undefined>;
  cancel(): void;
}

/** Runs documents are made by: one at a time, and one for each range. */
export interface JobBoard {
  /** The run for this key that is under way, or a new one. */
  start(key: DocumentKey): Job;
  /** AppError `not_found`. */
  get(id: string): Job;
  /** Cancels everything and waits for the end. */
  stop(): Promise<void>;
}

export interface JobBoardOptions {
  work(job: JobWork): Promise<StoredDocument>;
  onChange(job: DocumentationJob): void;
  /** Told of what went wrong on our side. */
  onFailure(error: unknown): void;
}

/** Ended jobs that can still be asked for. */
const keptJobs = 200;

const problemOf = (error: unknown): string => {
  return error instanceof AppError
    ? (error.errors[0]?.message ?? error.detail)
    : 'Something went wrong on our side.';
};

/** A step that people can see: another phase, or a hundredth of the way. */
const isStep = (before: DocumentationJob['progress'], now: DocumentationJob['progress']): boolean => {
  const { phase, done, total } = now;
  return phase !== before.phase || total === undefined || done - before.done >= total / 100 || done === total;
};

const waiting = { phase: 'waiting', done: 0 } as const;
const finished = { phase: 'finished', done: 1, total: 1 } as const;

/** One job and the work on it. */
const createJob = (key: DocumentKey, before: Promise<unknown>, options: JobBoardOptions): Job => {
  const controller = new AbortController();
  const { engineVersion: _, ...asked } = key;
  let state: DocumentationJob = { id: newId(), ...asked, status: 'running', progress: waiting };
  const change = (changes: Partial<DocumentationJob>): void => {
    state = { ...state, ...changes };
    options.onChange(state);
  };
  const run = async (): Promise<StoredDocument | undefined> => {
    try {
      await before;
      controller.signal.throwIfAborted();
      const report: JobWork['report'] = (progress) => {
        if (isStep(state.progress, progress)) change({ progress });
      };
      const stored = await options.work({ key, signal: controller.signal, report });
      change({ status: 'done', progress: finished, documentId: stored.id });
      return stored;
    } catch (error) {
      if (controller.signal.aborted) change({ status: 'cancelled' });
      else {
        change({ status: 'failed', problem: problemOf(error) });
        if (!(error instanceof AppError)) options.onFailure(error);
      }
      return undefined;
    }
  };
  return { view: () => state, ended: run(), cancel: () => controller.abort() };
};

export const createJobBoard = (options: JobBoardOptions): JobBoard => {
  const jobs = new Map<string, Job>();
  const underWay = new Map<string, Job>();
  let last: Promise<unknown> = Promise.resolve();

  const forgetOldest = (): void => {
    const ended = [...jobs].filter(([, job]) => job.view().status !== 'running');
    for (const [id] of ended.slice(0, Math.max(0, ended.length - keptJobs))) jobs.delete(id);
  };

  return {
    start: (key) => {
      const name = documentId(key);
      const known = underWay.get(name);
      if (known !== undefined) return known;
      const job = createJob(key, last, options);
      last = job.ended;
      jobs.set(job.view().id, job);
      underWay.set(name, job);
      void job.ended.then(() => {
        underWay.delete(name);
        forgetOldest();
      });
      return job;
    },
    get: (id) => {
      const job = jobs.get(id);
      if (job === undefined) {
        throw new AppError('not_found', 'There is no job with this id: jobs end with their server.');
      }
      return job;
    },
    stop: async () => {
      for (const job of underWay.values()) job.cancel();
      await last;
    },
  };
};

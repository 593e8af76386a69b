import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { StoredDocument } from '../../ports/records.ts';
import type { Timers } from '../../ports/timers.ts';
import type { DocumentationJob } from '../../protocol/documentation-api.ts';
import { type DocumentKey, documentId } from '../documents/document-library.ts';
import type { RunRecords } from './run-records.ts';

/** What a run is given. */
export interface JobWork {
  key: DocumentKey;
  signal: AbortSignal;
  report(progress: DocumentationJob['progress']): void;
}

/** A run under way: made here, or followed while another server makes it. */
export interface Job {
  view(): DocumentationJob;
  /** Settles with the document, or undefined when it failed, was cancelled or is not followed any more; never rejects. */
  ended: Promise<StoredDocument | undefined>;
  /** Ends the run, wherever it is made. */
  cancel(): void;
  /** Ends what is made here; what is made elsewhere goes on. */
  stop(): void;
}

export interface JobOptions {
  runs: RunRecords;
  timers: Timers;
  /** Does the work when nothing else is made on this server. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  work(job: JobWork): Promise<StoredDocument>;
  /** The document with this id, when it is there. */
  find(id: string): Promise<StoredDocument | undefined>;
  onChange(job: DocumentationJob): void;
  /** Told of what went wrong on our side. */
  onFailure(error: unknown): void;
}

/** How often a run says that it goes on, and how often others look how far it is. */
const everyMs = 1_000;

const problemOf = (error: unknown): string =>
  error instanceof AppError
    ? (error.errors[0]?.message ?? error.detail)
    : 'Something went wrong on our side.';

/** A step that people can see: another phase, a hundredth of the way, or a tenth more where its end is not known. */
const isStep = (before: DocumentationJob['progress'], now: DocumentationJob['progress']): boolean => {
  const { phase, done, total } = now;
  const least = total === undefined ? before.done / 10 : total / 100;
  return phase !== before.phase || done - before.done >= least || done === total;
};

const waiting = { phase: 'waiting', done: 0 } as const;
const finished = { phase: 'finished', done: 1, total: 1 } as const;

export const createJob = (key: DocumentKey, options: JobOptions): Job => {
  const { runs, timers } = options;
  const run = newId();
  const controller = new AbortController();
  const { signal } = controller;
  const { engineVersion: _, ...asked } = key;
  let state: DocumentationJob = { id: documentId(key), ...asked, status: 'running', progress: waiting };
  let stopFollowing = (): void => undefined;
  let isStopped = false;
  const stopped = new Promise<void>((resolve) => {
    stopFollowing = resolve;
  });

  const change = (changes: Partial<DocumentationJob>): void => {
    state = { ...state, ...changes };
    options.onChange(state);
  };

  const fail = (error: unknown): undefined => {
    if (signal.aborted) change({ status: 'cancelled' });
    else {
      change({ status: 'failed', problem: problemOf(error) });
      if (!(error instanceof AppError)) options.onFailure(error);
    }
  };

  const work = async (): Promise<StoredDocument | undefined> => {
    try {
      const report: JobWork['report'] = (progress) => {
        if (isStep(state.progress, progress)) change({ progress });
      };
      const stored = await options.work({ key, signal, report });
      change({ status: 'done', progress: finished, documentId: stored.id });
      return stored;
    } catch (error) {
      return fail(error);
    }
  };

  /** A run that is cancelled while it waits for its turn has ended at once. */
  const workInTurn = (): Promise<StoredDocument | undefined> =>
    new Promise((resolve) => {
      const leave = (): void => resolve(fail(signal.reason));
      if (signal.aborted) return leave();
      signal.addEventListener('abort', leave);
      void options.inTurn(async () => {
        signal.removeEventListener('abort', leave);
        if (!signal.aborted) resolve(await work());
      });
    });

  const make = async (): Promise<StoredDocument | undefined> => {
    let said: Promise<void> = Promise.resolve();
    const endSaying = timers.every(everyMs, () => {
      said = runs.goOn(run, state).then(
        (isWanted) => {
          if (!isWanted) controller.abort();
        },
        // The store may be back before others take the run for dead.
        () => undefined,
      );
    });
    const made = await workInTurn();
    endSaying();
    await said;
    await runs.end(run, state).catch(options.onFailure);
    return made;
  };

  const follow = async (): Promise<StoredDocument | undefined> => {
    await Promise.race([new Promise<void>((resolve) => timers.after(everyMs, resolve)), stopped]);
    if (isStopped) return undefined;
    if (signal.aborted) await runs.cancel(state.id);
    const { job, isSilent } = await runs.find(state.id);
    if (isSilent) return begin();
    state = job;
    if (job.status === 'running') return follow();
    return job.status === 'done' ? options.find(job.id) : undefined;
  };

  const begin = async (): Promise<StoredDocument | undefined> => {
    const other = await runs.begin(run, state);
    if (other === undefined) return make();
    state = other;
    return follow();
  };

  return {
    view: () => state,
    ended: begin().catch(fail),
    cancel: () => controller.abort(),
    stop: () => {
      isStopped = true;
      stopFollowing();
      controller.abort();
    },
  };
};

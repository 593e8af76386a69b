import { createHash } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import { type Clock, isoTime } from '../ports/clock.ts';
import type { Identity } from '../ports/identity.ts';
import type { Page, RecordStore } from '../ports/record-store.ts';
import type { TrainingProgress, TrainingVersion } from '../ports/records.ts';
import type { PageQuery } from '../protocol/common.ts';
import {
  maximumAttempts,
  type RecordedProgress,
  type RecordProgress,
} from '../protocol/training-progress.ts';
import { type Graded, gradeAttempt } from './grade-attempt.ts';
import { ensureMaySee } from './module-access.ts';
import { versionId } from './module-versions.ts';
import { presentProgress } from './progress-view.ts';

/** What people did with modules (rule TR2). */
export interface ProgressService {
  /** Newest first. */
  of(userId: string, query: PageQuery): Promise<Page<TrainingProgress>>;
  /**
   * Records a start, an end or an attempt at a quiz on the version that was shown. AppError `not_found` for a
   * module or version that the learner may not see, `validation_failed` for what does not fit its type,
   * `too_many_attempts`.
   */
  record(learner: Identity, entry: RecordProgress): Promise<RecordedProgress>;
}

export interface ProgressServiceOptions {
  store: RecordStore;
  clock: Clock;
}

/** One record for each person, module and version; a digest, because ids may hold what joins them. */
const progressId = (userId: string, moduleId: string, version: number): string =>
  createHash('sha256')
    .update(JSON.stringify([userId, moduleId, version]))
    .digest('base64url');

const started = (userId: string, module: TrainingVersion, at: string): TrainingProgress => ({
  id: progressId(userId, module.moduleId, module.version),
  userId,
  moduleId: module.moduleId,
  version: module.version,
  title: module.title,
  type: module.content.type,
  startedAt: at,
  attempts: [],
  updatedAt: at,
});

const withAttempt = (progress: TrainingProgress, { score, passed }: Graded, at: string): TrainingProgress => {
  if (progress.attempts.length >= maximumAttempts) {
    throw new AppError(
      'too_many_attempts',
      'The attempts at this version are used up: the next version of the quiz counts anew.',
    );
  }
  const completed = passed && { completedAt: progress.completedAt ?? at };
  return {
    ...progress,
    attempts: [...progress.attempts, { at, score, passed }],
    score: Math.max(score, progress.score ?? 0),
    updatedAt: at,
    ...completed,
  };
};

const unfitting = (path: string, message: string): AppError =>
  new AppError('validation_failed', 'This does not fit the type of the module.', {
    errors: [{ path, message }],
  });

/** The attempt after grading, or undefined when only a start or an end is recorded. */
const gradedEntry = (
  { content }: TrainingVersion,
  { answers, status }: RecordProgress,
): Graded | undefined => {
  if (content.type === 'quiz' && status === 'completed')
    throw unfitting('status', 'a quiz is completed by its answers');
  if (answers === undefined) return undefined;
  if (content.type !== 'quiz') throw unfitting('answers', 'only a quiz has answers');
  return gradeAttempt(content, answers);
};

export const createProgressService = ({ store, clock }: ProgressServiceOptions): ProgressService => ({
  of: (userId, { limit, cursor }) =>
    store.list('trainingProgress', {
      where: [{ field: 'userId', operator: '==', value: userId }],
      orderBy: 'updatedAt',
      direction: 'descending',
      limit,
      cursor,
    }),
  record: (learner, entry) =>
    store.transaction(async (transaction) => {
      const { moduleId, version, status } = entry;
      const noVersion = 'There is no training module with this id and version.';
      // Who may not see the module any more learns nothing of its earlier versions either.
      ensureMaySee(learner, await transaction.get('trainingModules', moduleId), noVersion);
      const module = ensureMaySee(
        learner,
        await transaction.get('trainingVersions', versionId(moduleId, version)),
        noVersion,
      );
      const at = isoTime(clock.now());
      const before =
        (await transaction.get('trainingProgress', progressId(learner.uid, moduleId, version))) ??
        started(learner.uid, module, at);
      const graded = gradedEntry(module, entry);
      const touched = { ...before, updatedAt: at };
      const ended = status === 'completed' ? { ...touched, completedAt: before.completedAt ?? at } : touched;
      const progress = graded === undefined ? ended : withAttempt(before, graded, at);
      transaction.put('trainingProgress', progress);
      return { progress: presentProgress(progress), ...(graded && { graded }) };
    }),
});

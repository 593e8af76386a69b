import type { TrainingProgress } from '../ports/records.ts';
import type { ProgressView } from '../protocol/training-progress.ts';

/** Progress as its owner reads it. */
export const presentProgress = (progress: TrainingProgress): ProgressView => {
  const { id: _, userId: __, ...view } = progress;
  return view;
};

import type { CommitNote } from './commit-note.ts';

const target = (commits: readonly CommitNote[], position: number): number | undefined => {
  const { id, title } = commits[position]?.reading.reverts ?? {};
  for (let earlier = position - 1; earlier >= 0; earlier -= 1) {
    const commit = commits[earlier];
    if (id !== undefined ? commit?.id.startsWith(id) : commit?.title === title) return earlier;
  }
  return undefined;
};

/**
 * Places of commits that cancel out: one and the later one that takes it back. A revert that is itself taken back
 * brings its target back. Newer reverts decide first.
 */
export const cancelledCommits = (commits: readonly CommitNote[]): Set<number> => {
  const cancelled = new Set<number>();
  for (let position = commits.length - 1; position >= 0; position -= 1) {
    if (!commits[position]?.reading.reverts || cancelled.has(position)) continue;
    const earlier = target(commits, position);
    if (earlier === undefined || cancelled.has(earlier)) continue;
    cancelled.add(position);
    cancelled.add(earlier);
  }
  return cancelled;
};

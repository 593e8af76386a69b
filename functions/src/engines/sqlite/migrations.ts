import { first } from './migrations/0001-first.ts';
import { documentationAndTraining } from './migrations/0002-documentation-and-training.ts';
import { proofs } from './migrations/0003-proofs.ts';
import { documentGuides } from './migrations/0004-document-guides.ts';
import { unopenedAssignments } from './migrations/0005-unopened-assignments.ts';
import { uploads } from './migrations/0006-uploads.ts';
import { documentationRuns } from './migrations/0007-documentation-runs.ts';

/**
 * All steps of the schema, oldest first; the number of steps is its version. A step that was released is never
 * changed. When `collections` changes, a test fails and `npx tsx scripts/sqlite-migration.ts NAME` prints the
 * step to add.
 */
export const migrations: readonly (readonly string[])[] = [
  first,
  documentationAndTraining,
  proofs,
  documentGuides,
  unopenedAssignments,
  uploads,
  documentationRuns,
];

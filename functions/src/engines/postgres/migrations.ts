import { first } from './migrations/0001-first.ts';
import { proofs } from './migrations/0002-proofs.ts';
import { documentGuides } from './migrations/0003-document-guides.ts';
import { unopenedAssignments } from './migrations/0004-unopened-assignments.ts';
import { uploads } from './migrations/0005-uploads.ts';
import { documentationRuns } from './migrations/0006-documentation-runs.ts';

/**
 * All steps of the schema, oldest first; the number of steps is its version. A step that was released is never
 * changed. When `collections` changes, a test fails and `npx tsx scripts/postgres-migration.ts NAME` prints the
 * step to add.
 */
export const migrations: readonly (readonly string[])[] = [
  first,
  proofs,
  documentGuides,
  unopenedAssignments,
  uploads,
  documentationRuns,
];

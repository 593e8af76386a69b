/** Written once and never changed afterwards: databases that hold it are out there. */
export const documentationRuns: readonly string[] = [
  'CREATE TABLE "documentationRuns" ("id" TEXT PRIMARY KEY NOT NULL, "run" TEXT, "job" TEXT, "heardAt" TEXT, "cancelled" INTEGER, "version" INTEGER NOT NULL)',
  'CREATE INDEX "documentationRuns_by_heardAt" ON "documentationRuns" ("heardAt", "id") WHERE "heardAt" IS NOT NULL',
];

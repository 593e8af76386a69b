/** Written once and never changed afterwards: databases that hold it are out there. */
export const documentationRuns: readonly string[] = [
  'CREATE TABLE "documentationRuns" ("id" TEXT COLLATE "C" PRIMARY KEY, "run" TEXT COLLATE "C", "job" TEXT, "heardAt" TEXT COLLATE "C", "cancelled" BIGINT, "version" BIGINT NOT NULL)',
  'CREATE INDEX "documentationRuns_by_heardAt" ON "documentationRuns" ("heardAt", "id") WHERE "heardAt" IS NOT NULL',
];

/** Written once and never changed afterwards: databases that hold it are out there. */
export const documentGuides: readonly string[] = [
  'CREATE TABLE "documentGuides" ("id" TEXT COLLATE "C" PRIMARY KEY, "repository" TEXT COLLATE "C", "to" TEXT COLLATE "C", "title" TEXT COLLATE "C", "version_" TEXT COLLATE "C", "createdAt" TEXT COLLATE "C", "passages" TEXT, "told" TEXT, "version" BIGINT NOT NULL)',
  'CREATE INDEX "documentGuides_by_createdAt" ON "documentGuides" ("createdAt", "id") WHERE "createdAt" IS NOT NULL',
];

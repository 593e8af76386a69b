/** Written once and never changed afterwards: databases that hold it are out there. */
export const documentGuides: readonly string[] = [
  'CREATE TABLE "documentGuides" ("id" TEXT PRIMARY KEY NOT NULL, "repository" TEXT, "to" TEXT, "title" TEXT, "version_" TEXT, "createdAt" TEXT, "passages" TEXT, "told" TEXT, "version" INTEGER NOT NULL)',
  'CREATE INDEX "documentGuides_by_createdAt" ON "documentGuides" ("createdAt", "id") WHERE "createdAt" IS NOT NULL',
];

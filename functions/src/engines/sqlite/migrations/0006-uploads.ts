/** Written once and never changed afterwards: databases that hold it are out there. */
export const uploads: readonly string[] = [
  'CREATE TABLE "uploads" ("id" TEXT PRIMARY KEY NOT NULL, "at" TEXT, "version" INTEGER NOT NULL)',
  'CREATE INDEX "uploads_by_at" ON "uploads" ("at", "id") WHERE "at" IS NOT NULL',
];

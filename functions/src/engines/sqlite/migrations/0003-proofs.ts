/** Written once and never changed afterwards: databases that hold it are out there. */
export const proofs: readonly string[] = [
  'CREATE TABLE "proofs" ("id" TEXT PRIMARY KEY NOT NULL, "sessionId" TEXT, "userId" TEXT, "timestamp" TEXT, "name" TEXT, "version_" INTEGER, "replaces" TEXT, "format" TEXT, "size" INTEGER, "sha256" TEXT, "pageCount" INTEGER, "pages" TEXT, "status" TEXT, "decision" TEXT, "seq" INTEGER, "rev" INTEGER, "version" INTEGER NOT NULL)',
  'CREATE INDEX "proofs_sessionId_by_seq" ON "proofs" ("sessionId", "seq", "id") WHERE "sessionId" IS NOT NULL AND "seq" IS NOT NULL',
];

/** Written once and never changed afterwards: databases that hold it are out there. */
export const proofs: readonly string[] = [
  'CREATE TABLE "proofs" ("id" TEXT COLLATE "C" PRIMARY KEY, "sessionId" TEXT COLLATE "C", "userId" TEXT COLLATE "C", "timestamp" TEXT COLLATE "C", "name" TEXT COLLATE "C", "version_" BIGINT, "replaces" TEXT COLLATE "C", "format" TEXT COLLATE "C", "size" BIGINT, "sha256" TEXT COLLATE "C", "pageCount" BIGINT, "pages" TEXT, "status" TEXT COLLATE "C", "decision" TEXT, "seq" BIGINT, "rev" BIGINT, "version" BIGINT NOT NULL)',
  'CREATE INDEX "proofs_sessionId_by_seq" ON "proofs" ("sessionId", "seq", "id") WHERE "sessionId" IS NOT NULL AND "seq" IS NOT NULL',
];

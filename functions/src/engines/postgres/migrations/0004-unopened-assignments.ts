/** Written once and never changed afterwards: databases that hold it are out there. */
export const unopenedAssignments: readonly string[] = [
  'ALTER TABLE "supportSessions" ADD COLUMN "unopenedSince" TEXT COLLATE "C"',
  `UPDATE "supportSessions" SET "unopenedSince" = "assignedAt" WHERE "status" = 'active' AND "agentId" IS NOT NULL AND "openedAt" IS NULL`,
  'CREATE INDEX "supportSessions_by_unopenedSince" ON "supportSessions" ("unopenedSince", "id") WHERE "unopenedSince" IS NOT NULL',
];

import { describe, expect, it } from 'vitest';
import { migrations } from './migrations.ts';
import { schemaDifference } from './schema-difference.ts';

const without = (...parts: string[]): string[][] => [
  migrations.flat().filter((statement) => !parts.some((part) => statement.includes(part))),
];

describe('schema of the PostgreSQL records', () => {
  it('[RE2] migrations arrive at the schema that collections describe; else add the step that this prints', () => {
    expect(schemaDifference(migrations)).toEqual([]);
  });

  it('[RE2] what the difference prints is the step that is missing', () => {
    const steps = [
      ...without('CREATE TABLE "leases"', 'INDEX "users_role_by_createdAt"', '_tags_by_startTime'),
      ['ALTER TABLE "audit" DROP COLUMN "data"', 'ALTER TABLE "audit" ADD COLUMN "forgotten" TEXT'],
    ];
    const step = schemaDifference(steps);
    const starts = step.map((statement) => statement.split(' ').slice(0, 6).join(' ').split('(')[0]?.trim());
    expect(starts).toEqual([
      'CREATE TABLE "supportSessions_tags_by_startTime"',
      'INSERT INTO "supportSessions_tags_by_startTime" SELECT DISTINCT item,',
      'CREATE FUNCTION "supportSessions_tags_by_startTime_follow"',
      'CREATE TRIGGER "supportSessions_tags_by_startTime_follow" AFTER INSERT OR',
      'CREATE INDEX "users_role_by_createdAt" ON "users"',
      'ALTER TABLE "audit" ADD COLUMN "data"',
      'ALTER TABLE "audit" DROP COLUMN "forgotten"',
      'CREATE TABLE "leases"',
    ]);
    expect(schemaDifference([...steps, step])).toEqual([]);
  });
});

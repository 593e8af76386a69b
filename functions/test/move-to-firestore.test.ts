import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../src/engines/sqlite/sqlite-store.ts';
import { createManualClock } from '../src/testing/manual-clock.ts';
import { openTestFirestore } from '../src/testing/test-firestore.ts';
import { exportData } from '../src/upkeep/export-data.ts';
import { importData } from '../src/upkeep/import-data.ts';
import { allRecords, withoutEpochs } from './support/all-records.ts';
import { startTestServer } from './support/server.ts';

it('[RE7] a shop moves from SQLite to Firestore: every record and log entry is equal', async () => {
  const server = await startTestServer();
  await server.stop();
  onTestFinished(() => server.close());
  const sqlite = await openSqliteStore({ file: join(server.dataDir, 'proofdesk.sqlite') });
  const { store: firestore } = await openTestFirestore();
  const lines: string[] = [];
  for await (const line of exportData(sqlite, createManualClock(0))) lines.push(line);
  const open = async function* () {
    yield* lines;
  };
  expect(await importData(firestore, open)).toBe(lines.length - 2);
  const [before, after] = await Promise.all([sqlite, firestore].map(allRecords));
  expect(before?.sessionLog?.length).toBeGreaterThan(500);
  expect(withoutEpochs(after ?? {})).toEqual(withoutEpochs(before ?? {}));
  await Promise.all([sqlite.close(), firestore.close()]);
}, 120_000);

import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../src/engines/sqlite/sqlite-store.ts';
import type { SupportSession } from '../src/ports/records.ts';
import { makeFolder } from '../src/testing/make-folder.ts';
import { allRecords, withoutEpochs } from './support/all-records.ts';
import { runCommand, startServerProcess } from './support/processes.ts';
import { signIn, startTestServer, type TestServer } from './support/server.ts';

/** A shop that was in use: the demo, stopped. */
let shop: TestServer;
let dataDir: string;
let exported: string;

const proofdesk = (folder: string, ...words: string[]) => runCommand({ DATA_DIR: folder }, words);

const recordsIn = async (folder: string) => {
  const store = await openSqliteStore({ file: join(folder, 'proofdesk.sqlite') });
  try {
    return await allRecords(store);
  } finally {
    await store.close();
  }
};

const epochsOf = (all: Awaited<ReturnType<typeof recordsIn>>): string[] =>
  (all.supportSessions ?? []).map((session) => (session as SupportSession).epoch);

beforeAll(async () => {
  shop = await startTestServer();
  await shop.stop();
  dataDir = shop.dataDir;
  exported = join(dataDir, 'desk.jsonl');
  expect(await proofdesk(dataDir, 'data', 'export', exported)).toMatchObject({ code: 0, stderr: '' });
});

afterAll(() => shop.close());

describe('copies of all records', () => {
  it('[RE7] an export is imported with every record as it was, and new epochs', async () => {
    const target = await makeFolder();
    const { code, stdout } = await proofdesk(target, 'data', 'import', exported);
    const before = await recordsIn(dataDir);
    const after = await recordsIn(target);
    const count = Object.values(before).reduce((sum, records) => sum + records.length, 0);
    expect([code, stdout]).toEqual([
      0,
      `Imported ${count} records. Their artwork comes with data import-artwork.\n`,
    ]);
    expect(before.sessionLog?.length).toBeGreaterThan(500);
    expect(withoutEpochs(after)).toEqual(withoutEpochs(before));
    const epochs = new Set(epochsOf(before));
    expect(epochsOf(after).filter((epoch) => epochs.has(epoch))).toEqual([]);
  });

  it('[RE7] what is there already is never mixed with an import, nor overwritten by a copy', async () => {
    const before = await recordsIn(dataDir);
    const backup = join(await makeFolder(), 'copy.sqlite');
    expect(await proofdesk(dataDir, 'data', 'backup', backup)).toMatchObject({ code: 0 });
    for (const words of [
      ['import', exported],
      ['export', exported],
      ['backup', backup],
      ['restore', backup],
    ]) {
      const { code, stderr } = await proofdesk(dataDir, 'data', ...words);
      expect([words[0], code, stderr.trim().split('\n').length]).toEqual([words[0], 1, 1]);
      expect(stderr).toMatch(/already/);
    }
    expect(await recordsIn(dataDir)).toEqual(before);
  });

  it('[EN7] a server must be stopped for an export, but not for a backup', async () => {
    const folder = await makeFolder();
    const server = await startServerProcess({ DATA_DIR: folder });
    const refused = await proofdesk(folder, 'data', 'export', join(folder, 'desk.jsonl'));
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('stop it first')]);
    const copy = join(folder, 'copy.sqlite');
    expect(await proofdesk(folder, 'data', 'backup', copy)).toMatchObject({ code: 0, stderr: '' });
    await server.end('SIGTERM');
  });

  it('[RE7] a backup is restored with every record, new epochs, and serves again', async () => {
    const backup = join(await makeFolder(), 'copy.sqlite');
    await proofdesk(dataDir, 'data', 'backup', backup);
    const target = await makeFolder();
    const { code, stderr } = await proofdesk(target, 'data', 'restore', backup);
    expect([code, stderr]).toEqual([0, '']);
    const before = await recordsIn(dataDir);
    const after = await recordsIn(target);
    expect(withoutEpochs(after)).toEqual(withoutEpochs(before));
    expect(epochsOf(after)).not.toEqual(epochsOf(before));
    const server = await startServerProcess({ DATA_DIR: target });
    const customer = await signIn(server.url, 'customer@demo.local');
    expect((await customer('GET', '/api/v1/annotations/session-123')).status).toBe(200);
    await server.end('SIGTERM');
  });

  it('[FA] a damaged backup is refused, and nothing of it is left', async () => {
    const target = await makeFolder();
    const backup = join(target, 'copy.sqlite');
    await writeFile(backup, 'no database at all, but long enough to be read as one. '.repeat(100));
    await appendFile(backup, 'x');
    expect((await proofdesk(target, 'data', 'restore', backup)).code).toBe(1);
    expect((await proofdesk(target, 'data', 'restore', backup)).stderr).not.toContain('already');
  });
});

describe('doctor', () => {
  it('[RE7] tries each engine and finds nothing to mend', async () => {
    const { code, stdout } = await proofdesk(dataDir, 'doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/good {2}records +sqlite: a write takes [\d.]+ ms/);
    expect(stdout).toMatch(/good {2}ai +local/);
    expect(stdout).not.toContain('BAD');
  });

  it('[RE7] says what is wrong with each engine, and what to look at', async () => {
    const settings = { NODE_ENV: 'production', AUTH_MODE: 'local', OPENAI_API_KEY: 'sk-wrong' };
    const nowhere = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', DATA_DIR: dataDir };
    const { code, stdout } = await runCommand({ ...settings, ...nowhere }, ['doctor']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/BAD +accounts +There are demo accounts/);
    expect(stdout).toMatch(/BAD +ai +OpenAI did not answer.*OPENAI_BASE_URL/);
  });
});

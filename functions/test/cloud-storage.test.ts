import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { proofListSchema, proofSchema } from '../src/protocol/proofs.ts';
import { makeFolder } from '../src/testing/make-folder.ts';
import { pngOf } from '../src/testing/sample-artwork.ts';
import { FakeCloudStorage } from './support/fake-cloud-storage.ts';
import { runCommand, serverEnding, startServerProcess } from './support/processes.ts';
import { apiOf, bodyOf, signIn, tokenOf } from './support/server.ts';

const bucket = 'artwork-of-a-shop';
const storage = new FakeCloudStorage(bucket);
beforeAll(async () => {
  await storage.listen();
});
afterEach(() => storage.interfere(() => undefined));
afterAll(() => storage.close());

/** The SDK finds the fake by the variable of Google's emulators. */
const settings = async (name = bucket) => ({
  DEMO: '1',
  DATA_DIR: await makeFolder(),
  FIREBASE_STORAGE_BUCKET: name,
  STORAGE_EMULATOR_HOST: storage.url,
});

const startServer = async () => {
  const { url } = await startServerProcess(await settings());
  const authorization = `Bearer ${await tokenOf(url, 'customer@demo.local')}`;
  const upload = (): Promise<Response> =>
    fetch(`${url}/api/v1/sessions/session-123/proofs?name=label.png`, {
      method: 'POST',
      headers: { authorization },
      body: Uint8Array.from(pngOf(30, 20)),
    });
  const download = (id: string, headers = {}): Promise<Response> =>
    fetch(`${url}/api/v1/proofs/${id}`, { headers: { authorization, ...headers } });
  return { url, upload, download };
};

describe('a server with artwork in a bucket', () => {
  it('[EN1] takes artwork, reads what it is, and gives it back whole and in parts', async () => {
    const { url, upload, download } = await startServer();
    const reply = await upload();
    expect(reply.status).toBe(201);
    const { id, format, pages } = proofSchema.parse(await reply.json());
    expect({ format, pages }).toMatchObject({ format: 'png', pages: [{ width: 30, height: 20 }] });
    expect([...storage.objects.all.keys()]).toContain(`proofs/${id}`);
    const whole = Buffer.from(await (await download(id)).arrayBuffer());
    expect(whole.equals(pngOf(30, 20))).toBe(true);
    const part = await download(id, { range: 'bytes=1-3' });
    expect([part.status, await part.text()]).toEqual([206, 'PNG']);
    const { body } = await apiOf(url)('GET', '/health');
    expect(body).toMatchObject({ engines: { files: { name: 'cloud-storage', healthy: true } } });
  });

  it('[FA] refuses artwork with 503 while the bucket is gone, says so in its health, and heals', async () => {
    const { url, upload } = await startServer();
    storage.interfere(() => ({ status: 403 }));
    const refused = await upload();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    const { body } = await apiOf(url)('GET', '/health');
    expect(body).toMatchObject({
      status: 'degraded',
      engines: { files: { name: 'cloud-storage', healthy: false } },
    });
    storage.interfere(() => undefined);
    expect((await upload()).status).toBe(201);
  });

  it('[EN5] a bucket that is not there ends the start with a sentence', async () => {
    const { code, stderr } = await serverEnding(await settings('bucket-of-nobody'));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Proofdesk did not start\. FIREBASE_STORAGE_BUCKET=bucket-of-nobody cannot be used: /,
    );
  });

  it('[RE7] the doctor stores, reads and removes a file', async () => {
    const before = storage.objects.all.size;
    const { stdout } = await runCommand(await settings(), ['doctor']);
    expect(stdout).toMatch(/good {2}files +cloud-storage: a file is stored, read and removed in [\d.]+ ms/);
    expect(storage.objects.all.size).toBe(before);
    storage.interfere(({ method }) => (method === 'GET' ? undefined : { status: 403 }));
    const { code, stdout: bad } = await runCommand(await settings(), ['doctor']);
    expect(code).toBe(1);
    expect(bad).toMatch(/BAD +files +Files cannot be stored/);
  });

  it('[RE7] gets the artwork of a folder, serves it, and gives it back', async () => {
    const [DATA_DIR, target] = [await makeFolder(), await makeFolder()];
    const onDisk = { DEMO: '1', DATA_DIR };
    const first = await startServerProcess(onDisk);
    const proofs = async (url: string) => {
      const customer = await signIn(url, 'customer@demo.local');
      const { items } = bodyOf(await customer('GET', '/api/v1/sessions/session-123/proofs'), proofListSchema);
      return items;
    };
    const before = await proofs(first.url);
    expect(before.length).toBeGreaterThan(1);
    await first.end('SIGTERM');

    storage.objects.all.clear();
    const inBucket = { ...onDisk, FIREBASE_STORAGE_BUCKET: bucket, STORAGE_EMULATOR_HOST: storage.url };
    const artwork = (settings: Record<string, string>, ...words: string[]) =>
      runCommand(settings, ['data', ...words]);
    const there = await artwork(inBucket, 'import-artwork', join(DATA_DIR, 'proofs'));
    expect([there.code, there.stdout]).toEqual([0, `Copied ${before.length} files; 0 were there already.\n`]);
    const second = await startServerProcess(inBucket);
    const authorization = `Bearer ${await tokenOf(second.url, 'customer@demo.local')}`;
    for (const { id, sha256 } of before) {
      const reply = await fetch(`${second.url}/api/v1/proofs/${id}`, { headers: { authorization } });
      const bytes = Buffer.from(await reply.arrayBuffer());
      expect([reply.status, createHash('sha256').update(bytes).digest('hex')]).toEqual([200, sha256]);
    }
    await second.end('SIGTERM');

    const back = await artwork(inBucket, 'export-artwork', target);
    expect([back.code, back.stdout]).toEqual([0, `Copied ${before.length} files; 0 were there already.\n`]);
    for (const { id } of before) {
      const copied = await readFile(join(target, 'files', id));
      expect(copied.equals(await readFile(join(DATA_DIR, 'proofs/files', id)))).toBe(true);
    }

    await rm(join(target, 'files', before[0]?.id ?? ''));
    const again = await artwork(inBucket, 'export-artwork', target);
    expect(again.stdout).toBe(`Copied 1 files; ${before.length - 1} were there already.\n`);
    storage.objects.all.delete(`proofs/${before[0]?.id}`);
    await rm(join(target, 'files', before[0]?.id ?? ''));
    const missing = await artwork(inBucket, 'export-artwork', target);
    expect([missing.code, missing.stdout]).toEqual([1, expect.stringMatching(/is missing\.\n$/)]);
    const nowhere = await artwork(onDisk, 'import-artwork', join(target, 'nothing'));
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('There is no artwork in')]);
  });
});

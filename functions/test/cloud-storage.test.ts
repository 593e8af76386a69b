import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { proofSchema } from '../src/protocol/proofs.ts';
import { makeFolder } from '../src/testing/make-folder.ts';
import { pngOf } from '../src/testing/sample-artwork.ts';
import { FakeCloudStorage } from './support/fake-cloud-storage.ts';
import { runCommand, serverEnding, startServerProcess } from './support/processes.ts';
import { apiOf, tokenOf } from './support/server.ts';

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
});

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeCloudStorage } from '../../../test/support/fake-cloud-storage.ts';
import { describeFiles } from '../../ports/files.contract.ts';
import type { Files } from '../../ports/files.ts';
import { type CloudStorageFilesOptions, createCloudStorageFiles } from './cloud-storage-files.ts';
import { connectBucket } from './connect-bucket.ts';

const bucketName = 'artwork-of-a-shop';
const servers = new WeakMap<Files, FakeCloudStorage>();

/** The real SDK, and a thin fake of the service's HTTP API behind it. */
const open = async (options: Partial<CloudStorageFilesOptions> = {}) => {
  const server = await new FakeCloudStorage(bucketName).listen();
  process.env.STORAGE_EMULATOR_HOST = server.url;
  const { bucket, disconnect } = connectBucket(bucketName);
  delete process.env.STORAGE_EMULATOR_HOST;
  onTestFinished(async () => {
    await server.close();
    await disconnect();
  });
  const files = createCloudStorageFiles({ bucket, ...options });
  servers.set(files, server);
  return { files, server };
};

const sourceOf = (...chunks: Buffer[]): Readable => Readable.from(chunks);
const limit = 10_000_000;

describeFiles('Cloud Storage', {
  open: async () => (await open()).files,
  // Parts of an upload that has not ended are no object, and dropped by the service itself.
  usedBytes: async (files) =>
    [...(servers.get(files)?.objects.all.values() ?? [])].reduce((sum, { bytes }) => sum + bytes.length, 0),
});

describe('files in Cloud Storage', () => {
  it('[EN1] sends a large file in parts, and keeps it under the name that the disk engine gives it', async () => {
    const { files, server } = await open();
    const bytes = randomBytes(2_500_000);
    const places: string[] = [];
    server.interfere(({ headers }) => void places.push(headers['content-range'] ?? '-'));
    await files.put('one', sourceOf(bytes.subarray(0, 1_200_000), bytes.subarray(1_200_000)), limit);
    const total = bytes.length;
    expect(places.slice(1, 4)).toEqual([
      'bytes 0-1048575/*',
      'bytes 1048576-2097151/*',
      `bytes 2097152-${total - 1}/${total}`,
    ]);
    expect(server.objects.all.get('proofs/one')?.bytes.equals(bytes)).toBe(true);
  });

  it('[FA] a part that the service did not take is sent again', async () => {
    const { files, server } = await open();
    const bytes = randomBytes(1_500_000);
    let failures = 1;
    server.interfere(({ method }) => {
      if (method !== 'PUT' || failures === 0) return undefined;
      failures -= 1;
      return { status: 503 };
    });
    await files.put('one', sourceOf(bytes), limit);
    expect((await buffer(await files.read('one'))).equals(bytes)).toBe(true);
  });

  it('[FA] an upload whose last answer is lost is stored all the same, once', async () => {
    const { files, server } = await open({ deadlineMs: 2000 });
    server.interfere(({ method }) => (method === 'PUT' ? 'lost answer' : undefined));
    expect(await files.put('one', sourceOf(Buffer.from('text')), limit)).toMatchObject({ size: 4 });
    expect(await text(await files.read('one'))).toBe('text');
  });

  it('[FA] a service that fails is told as unavailable, without its words, and heals', async () => {
    const logged: string[] = [];
    const log = (_details: object, message: string): number => logged.push(message);
    const { files, server } = await open({ deadlineMs: 200, logger: { error: log, info: log } });
    server.interfere(() => ({ status: 503 }));
    const unavailable = { code: 'unavailable', retryAfterMs: 10_000 };
    const put = files.put('one', sourceOf(Buffer.from('text')), limit);
    await expect(put).rejects.toMatchObject(unavailable);
    await put.catch((error: Error) => expect(error.message).not.toContain(bucketName));
    await expect(files.read('one')).rejects.toMatchObject(unavailable);
    await expect(files.exists('one')).rejects.toMatchObject(unavailable);
    await expect(files.delete('one')).rejects.toMatchObject(unavailable);
    expect(await files.healthy()).toBe(false);
    server.interfere(() => undefined);
    expect(await files.healthy()).toBe(true);
    expect(await files.exists('one')).toBe(false);
    expect(logged).toEqual(['Cloud Storage does not answer', 'Cloud Storage answers again']);
  });

  it('[FA] nobody waits for a service that is silent', async () => {
    const { files, server } = await open({ deadlineMs: 100 });
    await files.put('one', sourceOf(Buffer.from('text')), limit);
    server.interfere(() => 'silence');
    const source = new Readable({ read: () => source.push(Buffer.alloc(50_000)) });
    await expect(files.put('two', source, limit * 10)).rejects.toMatchObject({ code: 'unavailable' });
    expect(source.destroyed).toBe(true);
    await expect(files.read('one')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await files.healthy()).toBe(false);
    expect([...server.objects.all.keys()]).toEqual(['proofs/one']);
  });

  it('[FA] a file that is cut on its way breaks the stream, it does not end it', async () => {
    const { files, server } = await open({ deadlineMs: 300 });
    await files.put('one', sourceOf(randomBytes(400_000)), limit);
    server.interfere(({ url }) => (url.searchParams.has('alt') ? 'cut answer' : undefined));
    const reading = files.read('one').then(buffer);
    await expect(reading).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('[FA] who leaves a download breaks no other', async () => {
    const { files } = await open();
    const bytes = randomBytes(3_000_000);
    await files.put('one', sourceOf(bytes), limit);
    const left = await files.read('one');
    await once(left, 'readable');
    const other = files.read('one').then(buffer);
    left.destroy();
    expect((await other).equals(bytes)).toBe(true);
  });

  it('[EN5] a bucket that is not there is told by its probe, a service that is down is not', async () => {
    const { files, server } = await open({ deadlineMs: 200 });
    await files.probe();
    server.interfere(() => ({ status: 404 }));
    await expect(files.probe()).rejects.toMatchObject({ code: 404 });
    server.interfere(() => 'silence');
    await files.probe();
  });

  it.each([401, 403, 404])('[EN5] a bucket that refuses us (%i) is unavailable', async (status) => {
    const { files, server } = await open();
    server.interfere(() => ({ status }));
    await expect(files.put('one', sourceOf(Buffer.from('x')), limit)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await files.healthy()).toBe(false);
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openDiskFiles } from '../engines/disk/disk-files.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import { AppError } from '../errors/app-error.ts';
import type { Files } from '../ports/files.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { Proof } from '../protocol/proofs.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { copyArtwork } from './copy-artwork.ts';

const proofOf = (id: string, bytes: Buffer): Proof => ({
  id,
  sessionId: 'session-1',
  userId: 'customer-1',
  timestamp: '2026-01-01T00:00:00.000Z',
  name: `${id}.png`,
  version: 1,
  format: 'png',
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  pageCount: 0,
  pages: [],
  seq: 1,
  rev: 1,
  status: 'open',
});

describe('copies of artwork', () => {
  let store: RecordStore;
  let from: Files;
  let to: Files;

  const openFiles = async (): Promise<Files> => openDiskFiles({ folder: await makeFolder() });
  const put = (files: Files, id: string, bytes: Buffer) =>
    files.put(id, Readable.from([bytes]), bytes.length);
  const bytesOf = async (files: Files, id: string): Promise<Buffer> => buffer(await files.read(id));

  /** Uploads artwork: the record, and the file where artwork is kept. */
  const upload = async (id: string, bytes = randomBytes(200_000)): Promise<Buffer> => {
    await store.write((writer) => writer.create('proofs', proofOf(id, bytes)));
    await put(from, id, bytes);
    return bytes;
  };
  const copy = () => copyArtwork({ store, from, to });

  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
    onTestFinished(() => store.close());
    [from, to] = await Promise.all([openFiles(), openFiles()]);
  });

  it('[RE7] have every file of the records, and none besides', async () => {
    const [one, two] = [await upload('one'), await upload('two', Buffer.alloc(0))];
    await put(from, 'of-no-record', Buffer.from('left behind'));
    expect(await copy()).toEqual({ copied: 2, there: 0, problems: [] });
    expect((await bytesOf(to, 'one')).equals(one)).toBe(true);
    expect((await bytesOf(to, 'two')).equals(two)).toBe(true);
    expect(await to.exists('of-no-record')).toBe(false);
  });

  it('[RE7] go on where they were cut short, and compare what is there', async () => {
    await upload('one');
    await upload('two');
    let reads = 0;
    const failing: Files = {
      ...from,
      read: (id) => {
        reads += 1;
        if (reads === 2) throw new AppError('unavailable', 'The bucket does not answer.');
        return from.read(id);
      },
    };
    await expect(copyArtwork({ store, from: failing, to })).rejects.toMatchObject({ code: 'unavailable' });
    expect(await copy()).toEqual({ copied: 1, there: 1, problems: [] });
    expect(await copy()).toEqual({ copied: 0, there: 2, problems: [] });
  });

  it('[RE7] name what is missing, and copy the rest', async () => {
    await upload('one');
    await upload('two');
    await from.delete('one');
    expect(await copy()).toEqual({
      copied: 1,
      there: 0,
      problems: ['one (one.png in session session-1) is missing.'],
    });
  });

  it.each([
    ['other bytes', (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 1))],
    ['fewer bytes', (bytes: Buffer) => bytes.subarray(1)],
    ['more bytes', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
  ])('[RE7] leave a file with %s than were uploaded behind, and name it', async (_, damaged) => {
    const bytes = await upload('one');
    await from.delete('one');
    await put(from, 'one', damaged(bytes));
    expect(await copy()).toMatchObject({
      copied: 0,
      problems: [expect.stringMatching(/^one .* is not the file/)],
    });
    expect(await to.exists('one')).toBe(false);
  });

  it('[RE7] never replace what is at the new place', async () => {
    await upload('one');
    await put(to, 'one', Buffer.from('of somebody else'));
    expect(await copy()).toMatchObject({
      copied: 0,
      there: 0,
      problems: [expect.stringMatching(/^one is at/)],
    });
    expect((await bytesOf(to, 'one')).toString()).toBe('of somebody else');
  });
});

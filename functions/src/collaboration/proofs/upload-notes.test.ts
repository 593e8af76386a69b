import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeCloudStorage } from '../../../test/support/fake-cloud-storage.ts';
import { createCloudStorageFiles } from '../../engines/cloud-storage/cloud-storage-files.ts';
import { connectBucket } from '../../engines/cloud-storage/connect-bucket.ts';
import { openDiskFiles } from '../../engines/disk/disk-files.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Files } from '../../ports/files.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { customer, openRoomHouse, sessionId, spoilable } from '../../testing/room-house.ts';
import { pngOf } from '../../testing/sample-artwork.ts';
import { createCutUploads } from './cut-uploads.ts';
import { createProofService } from './proof-service.ts';
import { createUploadNotes } from './upload-notes.ts';

const openBucket = async (): Promise<Files> => {
  const server = await new FakeCloudStorage('artwork').listen();
  process.env.STORAGE_EMULATOR_HOST = server.url;
  const { bucket, disconnect } = connectBucket('artwork');
  delete process.env.STORAGE_EMULATOR_HOST;
  onTestFinished(async () => {
    await server.close();
    await disconnect();
  });
  return createCloudStorageFiles({ bucket });
};

const dayMs = 86_400_000;

const openStudio = async (openFiles: () => Promise<Files>) => {
  const house = await openRoomHouse();
  const { store, clock } = house;
  const files = await openFiles();
  const log = spoilable(store.log, () => new AppError('unavailable', 'spoilt'));
  /** A server on these records and files, as it is after a start. */
  const server = ({ cutAfterMs = 0, kept = files as Pick<Files, 'delete'> } = {}) => {
    const notes = createUploadNotes({ store, files: kept, clock, cutAfterMs });
    const { rooms } = house.node({ log });
    const proofs = createProofService({ store, files, rooms, notes, maximumBytes: 100_000 });
    const upload = () => proofs.upload(customer, sessionId, { name: 'label' }, Readable.from([pngOf(9, 9)]));
    return { notes, upload };
  };
  const noted = async () =>
    (await store.list('uploads', { orderBy: 'at', direction: 'ascending', limit: 10 })).items.map(
      ({ id }) => id,
    );
  /** The file is stored, and its record waits to be written. */
  const untilRecord = async () => {
    const gate = log.hold();
    const uploading = server().upload();
    await expect.poll(gate.waiting).toBe(1);
    const [id = ''] = await noted();
    expect(await files.exists(id)).toBe(true);
    return { id, gate, uploading };
  };
  return { ...house, files, log, server, noted, untilRecord };
};

describe.each([
  ['a folder', async () => openDiskFiles({ folder: await makeFolder() })],
  ['a bucket', openBucket],
])('uploads to %s that were cut', (_what, openFiles) => {
  it('[PR2] leave nothing when the server is killed between the file and its record', async () => {
    const { files, server, untilRecord, noted } = await openStudio(openFiles);
    const { id } = await untilRecord();
    expect(await server().notes.clear()).toBe(1);
    expect(await files.exists(id)).toBe(false);
    expect(await noted()).toEqual([]);
  });

  it('[PR2] leave nothing when the file cannot be removed at once', async () => {
    const { files, log, server, noted } = await openStudio(openFiles);
    const gone = { delete: () => Promise.reject(new AppError('unavailable', 'gone')) };
    log.spoil('refused');
    await expect(server({ kept: gone }).upload()).rejects.toMatchObject({ detail: 'spoilt' });
    const [id = ''] = await noted();
    expect(await files.exists(id)).toBe(true);
    expect(await server().notes.clear()).toBe(1);
    expect(await files.exists(id)).toBe(false);
  });

  it('[PR2] keep what has a record', async () => {
    const { files, server, noted } = await openStudio(openFiles);
    const { id } = await server().upload();
    expect(await noted()).toEqual([]);
    await server().notes.begin(id);
    expect(await server().notes.clear()).toBe(0);
    expect(await files.exists(id)).toBe(true);
    expect(await noted()).toEqual([]);
  });
});

describe('uploads under way', () => {
  const openFolder = async () => openDiskFiles({ folder: await makeFolder() });

  it('[PR2] are left alone by their own server, however old they are', async () => {
    const { server, log, clock, files, noted } = await openStudio(openFolder);
    const { notes, upload } = server();
    const gate = log.hold();
    const uploading = upload();
    await expect.poll(gate.waiting).toBe(1);
    clock.advance(2 * dayMs);
    expect(await notes.clear()).toBe(0);
    gate.release();
    const { id } = await uploading;
    expect(await files.exists(id)).toBe(true);
    expect(await noted()).toEqual([]);
  });

  it('[PR2] are left alone by other servers for a day', async () => {
    const { server, clock, untilRecord } = await openStudio(openFolder);
    await untilRecord();
    const { notes } = server({ cutAfterMs: dayMs });
    clock.advance(dayMs - 1);
    expect(await notes.clear()).toBe(0);
    clock.advance(1);
    expect(await notes.clear()).toBe(1);
  });

  it('[PR2] are looked for at the start and every ten minutes, and a store that is down does not end it', async () => {
    const { server, clock, files, untilRecord } = await openStudio(openFolder);
    const timers = createManualTimers(clock);
    const said: string[] = [];
    const say = (_: object, text: string): number => said.push(text);
    const { notes } = server();
    let broken = true;
    const clear = () => (broken ? Promise.reject(new Error('down')) : notes.clear());
    const logger = { info: say, error: say };
    const cutUploads = createCutUploads({ files, notes: { clear }, timers, logger });
    const { id } = await untilRecord();
    cutUploads.start();
    await expect
      .poll(() => said)
      .toEqual(['what cut uploads left was not removed; the next run tries again']);
    broken = false;
    timers.advance(600_000);
    await cutUploads.stop();
    expect(said.at(-1)).toBe('what cut uploads left was removed');
    expect(await files.exists(id)).toBe(false);
    expect(timers.waiting()).toBe(0);
  });
});

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, link, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { Files, StoredFile } from '../../ports/files.ts';
import { idSchema } from '../../protocol/common.ts';
import { codeOf, storeFailure } from './disk-failure.ts';
import { makePrivateFolder } from './private-folder.ts';

export interface DiskFilesOptions {
  /** Made when it is not there; nothing else belongs in it. */
  folder: string;
  /** Told of failures of the disk. */
  logger?: { error(details: object, message: string): void } | undefined;
}

/** Uploads that have not ended. */
const incoming = 'incoming';
const whole = 'files';

const tooLarge = (limitBytes: number): AppError =>
  new AppError('payload_too_large', `The file may have ${limitBytes} bytes.`);

/** A new name is durable when its folder is synced. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Files in a folder, each named by its id; a file is stored when it and its name are synced to the disk. */
export const openDiskFiles = async ({ folder, logger }: DiskFilesOptions): Promise<Files> => {
  const files = join(folder, whole);
  const uploads = join(folder, incoming);
  for (const each of [files, uploads]) await makePrivateFolder(each);

  const pathOf = (id: string): string => {
    if (!idSchema.safeParse(id).success) throw new Error(`${JSON.stringify(id)} is no id of a file`);
    return join(files, id);
  };

  /** Waits for the disk; what the source of a file fails with is not the disk's and does not pass here. */
  const onDisk = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      const failure = storeFailure(error);
      if (failure !== error) logger?.error({ err: error }, 'the folder of files cannot be used');
      throw failure;
    }
  };

  /** Writes a source to an open file, and measures it on the way. */
  const fill = async (handle: FileHandle, source: Readable, limitBytes: number): Promise<StoredFile> => {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) throw tooLarge(limitBytes);
      hash.update(chunk);
      await onDisk(handle.appendFile(chunk));
    }
    return { size, sha256: hash.digest('hex') };
  };

  const write = async (upload: string, source: Readable, limitBytes: number): Promise<StoredFile> => {
    const handle = await onDisk(open(upload, 'wx', 0o600)).catch((error: unknown) => {
      source.destroy();
      throw error;
    });
    try {
      const stored = await fill(handle, source, limitBytes);
      await onDisk(handle.sync());
      return stored;
    } finally {
      await handle.close();
    }
  };

  /** A link fails where a rename would replace what is there. */
  const publish = async (upload: string, path: string): Promise<void> => {
    await link(upload, path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
      throw new AppError('already_exists', 'There is a file with this id.');
    });
    await syncFolder(files).catch(async (error: unknown) => {
      await unlink(path);
      throw error;
    });
  };

  return {
    put: async (id, source, limitBytes) => {
      const path = pathOf(id);
      const upload = join(uploads, newId());
      try {
        const stored = await write(upload, source, limitBytes);
        await onDisk(publish(upload, path));
        return stored;
      } finally {
        await rm(upload, { force: true });
      }
    },
    read: async (id, range) => {
      try {
        const handle = await open(pathOf(id), constants.O_RDONLY);
        return handle.createReadStream(range ?? {});
      } catch (error) {
        if (codeOf(error) === 'ENOENT') throw new AppError('not_found', 'There is no such file.');
        throw storeFailure(error);
      }
    },
    exists: async (id) => {
      try {
        return (await stat(pathOf(id))).isFile();
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false;
        throw storeFailure(error);
      }
    },
    delete: async (id) => {
      await onDisk(rm(pathOf(id), { force: true }));
      await onDisk(syncFolder(files));
    },
    removeLeftovers: async (idleMs) => {
      for (const name of await readdir(uploads)) {
        const upload = join(uploads, name);
        const found = await stat(upload).catch(() => undefined);
        if (found !== undefined && Date.now() - found.mtimeMs >= idleMs) await rm(upload, { force: true });
      }
    },
    healthy: async () => {
      try {
        await access(uploads, constants.W_OK);
        await readdir(uploads);
        return true;
      } catch {
        return false;
      }
    },
  };
};

import { join } from 'node:path';
import type { Config } from '../config.ts';
import { openDiskFiles } from '../engines/disk/disk-files.ts';
import { readFolderId } from '../engines/disk/folder-id.ts';
import { AppError } from '../errors/app-error.ts';
import type { Files } from '../ports/files.ts';
import { bucketRefusal, folderRefusal } from '../start-refusal.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Where artwork is kept, and by which engine. */
export interface OpenedFiles {
  files: Files;
  filesEngine: 'disk' | 'cloud-storage';
  /** Tells this place from every other, so that several servers can be sure that they share it (rule EN7). */
  placeOfFiles(): Promise<string>;
  close(): Promise<void>;
}

/** A folder of artwork as the disk engine keeps it, wherever it is. */
export const openArtworkFolder = (folder: string): Promise<Files> =>
  openDiskFiles({ folder }).catch((error: unknown) => {
    throw new AppError('conflict', `${folder} cannot be used.`, { cause: error });
  });

const openFolder = async (dataDir: string, logger: Logger): Promise<OpenedFiles> => {
  const folder = join(dataDir, 'proofs');
  const refuse = (error: unknown): never => {
    throw folderRefusal(dataDir, error);
  };
  return {
    files: await openDiskFiles({ folder, logger }).catch(refuse),
    filesEngine: 'disk',
    placeOfFiles: async () => `folder ${await readFolderId(folder).catch(refuse)}`,
    close: async () => undefined,
  };
};

/** A vendor's library is loaded only when its engine is chosen (rule EN6). */
const openBucket = async (name: string, logger: Logger): Promise<OpenedFiles> => {
  const [{ connectBucket }, { createCloudStorageFiles }] = await Promise.all([
    import('../engines/cloud-storage/connect-bucket.ts'),
    import('../engines/cloud-storage/cloud-storage-files.ts'),
  ]);
  const { bucket, disconnect } = connectBucket(name);
  const files = createCloudStorageFiles({ bucket, logger });
  try {
    await files.probe();
  } catch (error) {
    await disconnect();
    throw bucketRefusal(name, error);
  }
  return {
    files,
    filesEngine: 'cloud-storage',
    placeOfFiles: async () => `bucket ${name}`,
    close: disconnect,
  };
};

export const openFiles = ({ dataDir, storageBucket }: Config, logger: Logger): Promise<OpenedFiles> =>
  storageBucket === undefined ? openFolder(dataDir, logger) : openBucket(storageBucket, logger);

import { join } from 'node:path';
import type { Config } from '../config.ts';
import { openDiskFiles } from '../engines/disk/disk-files.ts';
import type { Files } from '../ports/files.ts';
import { folderRefusal } from '../start-refusal.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Where artwork is kept, and by which engine. */
export interface OpenedFiles {
  files: Files;
  filesEngine: 'disk';
}

export const openFiles = async ({ dataDir }: Config, logger: Logger): Promise<OpenedFiles> => {
  try {
    return { files: await openDiskFiles({ folder: join(dataDir, 'proofs'), logger }), filesEngine: 'disk' };
  } catch (error) {
    throw folderRefusal(dataDir, error);
  }
};

import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { AppError } from '../errors/app-error.ts';
import { createLogger } from '../telemetry/logger.ts';
import { type CopiedArtwork, copyArtwork } from '../upkeep/copy-artwork.ts';
import { exportData } from '../upkeep/export-data.ts';
import { importData } from '../upkeep/import-data.ts';
import { renewEpochs } from '../upkeep/renew-epochs.ts';
import { type Engines, openEngines } from './engines.ts';
import { openArtworkFolder } from './files-engine.ts';
import { fileBackup } from './records-engine.ts';
import { dropServerLease, takeServerLease } from './server-lease.ts';
import { clock } from './system-time.ts';

export type { CopiedArtwork };

/** Opens the data as a server would, so that none runs on them meanwhile. */
const withData = async <Result>(
  config: Config,
  work: (engines: Engines) => Promise<Result>,
): Promise<Result> => {
  const engines = await openEngines(config, createLogger({ level: 'silent' }));
  try {
    const lease = await takeServerLease({ store: engines.store, clock });
    return await work(engines).finally(lease.release);
  } finally {
    await engines.close();
  }
};

const linesOf = (file: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** Writes a new file whole, or none. */
const writeFile = async (file: string, lines: AsyncIterable<string>): Promise<void> => {
  try {
    await pipeline(Readable.from(lines), createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
  } catch (error) {
    if (isTaken(error)) throw new AppError('conflict', `${file} is there already: name another file.`);
    await rm(file, { force: true });
    throw error;
  }
};

/** What the command line does with all records at once. */
export const createDataCommands = (config: Config) => ({
  exportTo: (file: string): Promise<number> =>
    withData(config, async ({ store }) => {
      let lines = 0;
      const counted = async function* () {
        for await (const line of exportData(store, clock)) {
          lines += 1;
          yield line;
        }
      };
      await writeFile(file, counted());
      return lines - 2;
    }),
  importFrom: (file: string): Promise<number> =>
    withData(config, ({ store }) => importData(store, () => linesOf(file))),
  /** Into a folder of the form that the disk engine has; made when it is not there. */
  exportArtwork: (folder: string): Promise<CopiedArtwork> =>
    withData(config, async ({ store, files }) =>
      copyArtwork({ store, from: files, to: await openArtworkFolder(folder) }),
    ),
  importArtwork: async (folder: string): Promise<CopiedArtwork> => {
    if (!existsSync(join(folder, 'files')))
      throw new AppError('not_found', `There is no artwork in ${folder}: it has no folder "files".`);
    return withData(config, async ({ store, files }) =>
      copyArtwork({ store, from: await openArtworkFolder(folder), to: files }),
    );
  },
  backup: (file: string): Promise<void> => fileBackup(config).backup(file),
  restore: async (file: string): Promise<number> => {
    let sessions = 0;
    await fileBackup(config).restore(file, async (store) => {
      sessions = await renewEpochs(store);
      await dropServerLease(store);
    });
    return sessions;
  },
  renew: (): Promise<number> => withData(config, ({ store }) => renewEpochs(store)),
});

export type DataCommands = ReturnType<typeof createDataCommands>;

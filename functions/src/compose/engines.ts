import { type Config, identityEngine, recordsSetting } from '../config.ts';
import { makePrivateFolder } from '../engines/disk/private-folder.ts';
import { createLiveEvents } from '../engines/memory/live-events.ts';
import { createSignsOfLife } from '../engines/memory/signs-of-life.ts';
import type { LiveEventSource, LiveEvents } from '../ports/live-events.ts';
import type { SignsOfLife } from '../ports/signs-of-life.ts';
import { folderRefusal } from '../start-refusal.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type OpenedFiles, openFiles } from './files-engine.ts';
import { type OpenedAccounts, openAccounts } from './identity-engine.ts';
import { type OpenedRecords, type OpenRecordsOptions, openRecords } from './records-engine.ts';
import { openSharedEngines, type SharedEngines } from './shared-engines.ts';
import { clock } from './system-time.ts';

/** The engines that the configuration chooses, opened. */
export interface Engines extends OpenedRecords, OpenedAccounts, OpenedFiles {
  shared: SharedEngines;
  live: LiveEvents & LiveEventSource;
  /** Who was heard of lately. */
  signs: SignsOfLife;
}

/** A folder for what is embedded; where nothing is, there may be no disk to write to. */
const makeFolder = async (config: Config): Promise<void> => {
  const { dataDir } = config;
  if (recordsSetting(config) !== 'DATA_DIR' && identityEngine(config) !== 'local-accounts') return;
  await makePrivateFolder(dataDir).catch((error: unknown) => {
    throw folderRefusal(dataDir, error);
  });
};

type Close = () => Promise<void>;

/** Lets go in the order opposite to that of opening, since later engines rest on earlier ones. */
const closeAll = async (closes: readonly Close[]): Promise<void> => {
  for (const close of [...closes].reverse()) await close();
};

/** Opens all engines, or none: what one of them refuses leaves no connection behind. */
export const openEngines = async (
  config: Config,
  logger: Logger,
  options: OpenRecordsOptions = {},
): Promise<Engines> => {
  const closes: Close[] = [];
  try {
    await makeFolder(config);
    const files = await openFiles(config, logger);
    closes.push(files.close);
    const records = await openRecords(config, logger, options);
    closes.push(() => records.store.close());
    const accounts = await openAccounts(config, records.store);
    closes.push(accounts.close);
    const shared = await openSharedEngines(config, logger);
    closes.push(shared.close);
    return {
      ...records,
      ...accounts,
      ...files,
      shared,
      live: createLiveEvents(shared.relay),
      signs: createSignsOfLife({ clock, relay: shared.relay }),
      close: () => closeAll(closes),
    };
  } catch (error) {
    await closeAll(closes);
    throw error;
  }
};

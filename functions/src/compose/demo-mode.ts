import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, recordsSetting } from '../config.ts';
import { StartRefusal } from '../start-refusal.ts';

const markerOf = (dataDir: string): string => join(dataDir, 'demo');

/** Whether this data folder holds demo data and nothing else was ever wanted of it. */
const isMarkedAsDemo = (dataDir: string): boolean => existsSync(markerOf(dataDir));

export const markAsDemo = (dataDir: string): Promise<void> =>
  writeFile(markerOf(dataDir), 'This folder holds demo accounts and demo data. Delete it to begin anew.\n');

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whose accounts the data holds. */
export interface UsersKept {
  hasUsers: boolean;
  /** Records are moved without their folder at times; the demo accounts among them say what they are. */
  hasDemoUsers: boolean;
}

/** The mark speaks of the records in the folder; those of a database are known by their accounts. */
const isDemoData = (config: Config, { hasDemoUsers }: UsersKept): boolean =>
  hasDemoUsers || (recordsSetting(config) === 'DATA_DIR' && isMarkedAsDemo(config.dataDir));

const refuseDemoData = (config: Config): void => {
  const holds = `${recordsSetting(config)} holds demo accounts, whose password everybody knows: choose an empty one.`;
  if (config.production) throw new StartRefusal(holds);
  if (config.demo === false) throw new StartRefusal(`DEMO=0 is set, but ${holds}`);
};

/** Nothing was said, so a demo is made only where everything is embedded, or carried on where it is. */
const isDemoByDefault = (config: Config, marked: boolean): boolean => {
  const { openai, databaseUrl, firebase, storageBucket, redisUrl, host } = config;
  const chosen = [openai, databaseUrl, firebase, storageBucket, redisUrl];
  if (!marked && chosen.some((engine) => engine !== undefined)) return false;
  if (loopback.has(host)) return true;
  throw new StartRefusal(
    `HOST=${host} would show the demo accounts to other machines: say DEMO=1 if you want that, or DEMO=0 and an ` +
      'empty DATA_DIR.',
  );
};

/**
 * Whether the server runs as a demo (rule EN2): never in production; outside it when DEMO=1, or when nothing was
 * said, every engine is embedded and the data is new or marked as demo. Fails with a StartRefusal where demo
 * accounts would meet real users, or be reachable from other machines without having been asked for.
 */
export const decideDemo = (config: Config, users: UsersKept): boolean => {
  const { production, demo } = config;
  const marked = isDemoData(config, users);
  if (marked) refuseDemoData(config);
  if (production || demo === false) return false;
  if (users.hasUsers && !marked) {
    if (!demo) return false;
    throw new StartRefusal(
      `DEMO=1 is set, but ${recordsSetting(config)} holds users of its own: choose an empty one.`,
    );
  }
  return demo || isDemoByDefault(config, marked);
};

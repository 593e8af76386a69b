import { type Config, identityEngine, recordsSetting } from '../config.ts';
import { StartRefusal } from '../start-refusal.ts';

const refusalFor = (config: Config): string | undefined => {
  if (recordsSetting(config) === 'DATA_DIR') {
    return 'records in a file would be lost: set FIREBASE_PROJECT_ID or DATABASE_URL.';
  }
  if (config.storageBucket === undefined) {
    return 'artwork in a folder would be lost: set FIREBASE_STORAGE_BUCKET.';
  }
  if (config.redisUrl === undefined) {
    return 'many of it run at once and must be joined: set REDIS_URL.';
  }
  if (identityEngine(config) === 'local-accounts' && config.authSigningKey === undefined) {
    return 'a signing key in a file would be lost: set AUTH_SIGNING_KEY, or leave AUTH_MODE out.';
  }
  return undefined;
};

/** A function's disk does not last, and nobody knows how many of it run (rule EN7). */
export const ensureFitForFunction = (config: Config): void => {
  const problem = refusalFor(config);
  if (problem !== undefined) throw new StartRefusal(`A function's disk does not last, and ${problem}`);
};

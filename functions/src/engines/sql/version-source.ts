import { randomInt } from 'node:crypto';

/**
 * Versions tell whether a record changed, not in which order: they start at a random number in each process and
 * count on from there, so a record that was deleted and made again never has the version it had before.
 */
export const versionSource = (): (() => number) => {
  let version = randomInt(1, 2 ** 47);
  return () => {
    version += 1;
    return version;
  };
};

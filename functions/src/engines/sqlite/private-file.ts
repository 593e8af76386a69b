import { open } from 'node:fs/promises';

/** For its user alone: it holds what people wrote, and the hashes of their passwords. */
const ownerOnly = 0o600;

/**
 * Makes an empty file for its user alone; leaves one that is there as it is. SQLite gives the files beside it its
 * mode.
 */
export const makePrivateFile = async (file: string): Promise<void> => {
  const handle = await open(file, 'a', ownerOnly);
  await handle.close();
};

/** Puts what was written to a file on the disk, and leaves the file to its user alone. */
export const keepPrivately = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.chmod(ownerOnly);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

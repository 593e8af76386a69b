import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './disk-failure.ts';

/** For its user alone. */
const ownerOnly = 0o700;

const isFolder = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();

/**
 * Makes a folder for its user alone, with those that it lies in; leaves one that is there as it is. Fails where
 * nothing can be made, such as in /proc: `mkdir` with `recursive` would try there for ever.
 */
export const makePrivateFolder = async (folder: string): Promise<void> => {
  const make = () => mkdir(folder, ownerOnly);
  try {
    await make().catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
      await makePrivateFolder(dirname(folder));
      await make();
    });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !(await isFolder(folder))) throw error;
  }
};

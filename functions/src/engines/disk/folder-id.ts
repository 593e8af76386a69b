import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../ids/new-id.ts';
import { codeOf } from './disk-failure.ts';

/**
 * The id of a folder of files, made when it has none: whoever reads the same id has the same folder, whatever its
 * path is there. Of several who make it at once one wins.
 */
export const readFolderId = async (folder: string): Promise<string> => {
  const file = join(folder, 'id');
  const draft = join(folder, `id-${newId()}`);
  await writeFile(draft, newId(), { flag: 'wx', mode: 0o600, flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
};

import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../errors/app-error.ts';

const kindOf = async (path: string): Promise<'file' | 'folder' | undefined> => {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
};

/** A worktree's `.git` is a file that says where its folder is. */
const ownFolder = async (work: string, entry: string): Promise<string> => {
  if ((await kindOf(entry)) === 'folder') return entry;
  const told = /^gitdir: (.+)$/m.exec(await readFile(entry, 'utf8'))?.[1]?.trim();
  if (told === undefined)
    throw new AppError('validation_failed', `${entry} does not say where the repository is.`);
  return resolve(work, told);
};

/** What all worktrees of a repository share, the hooks among it. */
const sharedFolder = async (own: string): Promise<string> => {
  const file = join(own, 'commondir');
  return (await kindOf(file)) === 'file' ? resolve(own, (await readFile(file, 'utf8')).trim()) : own;
};

/** Where git keeps what belongs to this worktree, and what belongs to the whole repository. */
export const gitFoldersOf = async (start: string): Promise<{ own: string; shared: string }> => {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const entry = join(folder, '.git');
    if ((await kindOf(entry)) !== undefined) {
      const own = await ownFolder(folder, entry);
      return { own, shared: await sharedFolder(own) };
    }
    if (folder === dirname(folder))
      throw new AppError('validation_failed', `${resolve(start)} is in no git repository.`);
  }
};

import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { beginWatching } from './docs-watch.ts';
import { gitFoldersOf } from './git-folders.ts';
import { say } from './print.ts';

export interface HookOptions {
  repo: string;
  format: string;
  output: string;
}

const mark = '# proofdesk docs';
const hooks = ['post-commit', 'post-merge'];

/** Between single quotes a shell changes nothing. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const scriptOf = ({ repo, format, output }: HookOptions): string => {
  const words = [process.execPath, process.argv[1] ?? '', 'docs', 'watch', '--once'];
  const options = ['--repo', resolve(repo), '--format', format, '--output', resolve(repo, output)];
  return `#!/bin/sh\n${mark}: documents new commits, and never stops git\n${[...words, ...options].map(quoted).join(' ')} || true\n`;
};

const existing = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
};

/** Writes the hooks; one that somebody else has written stays as it is, and its owner is told what to add. */
export const installHooks = async (options: HookOptions): Promise<void> => {
  const folder = join((await gitFoldersOf(options.repo)).shared, 'hooks');
  await mkdir(folder, { recursive: true });
  const script = scriptOf(options);
  for (const hook of hooks) {
    const file = join(folder, hook);
    const before = await existing(file);
    if (before !== '' && !before.includes(mark)) {
      throw new AppError(
        'validation_failed',
        `${file} is a hook of yours: add this line to it.\n${script.split('\n')[2] ?? ''}`,
      );
    }
    await writeFile(file, script);
    await chmod(file, 0o755);
    say(`Written ${file}.`);
  }
  await beginWatching(options.repo);
};

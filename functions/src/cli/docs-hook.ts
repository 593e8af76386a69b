import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findGitFolders } from '../compose/document-line.ts';
import { AppError } from '../errors/app-error.ts';
import { beginWatching } from './docs-watch.ts';
import { say } from './print.ts';

export interface HookOptions {
  repo: string;
  format: string;
  output: string;
}

const opening = '#!/bin/sh\n# proofdesk docs: documents new commits, and never stops git\n';
const hooks = ['post-commit', 'post-merge'];

/** Between single quotes a shell changes nothing. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const lineOf = ({ repo, format, output }: HookOptions): string => {
  const words = [process.execPath, process.argv[1] ?? '', 'docs', 'watch', '--once'];
  const options = ['--repo', resolve(repo), '--format', format, '--output', resolve(repo, output)];
  return `${[...words, ...options].map(quoted).join(' ')} || true`;
};

const existing = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
};

/** Husky keeps its own hooks in `_` and runs those beside it. */
const writtenIn = (folder: string): string => (basename(folder) === '_' ? dirname(folder) : folder);

/** Writes a hook, unless somebody else has written it; whether it runs the line. */
const writeHook = async (file: string, line: string): Promise<boolean> => {
  const before = await existing(file);
  if (before !== '' && !before.startsWith(opening)) return before.includes(line);
  await writeFile(file, `${opening}${line}\n`);
  await chmod(file, 0o755);
  say(`Written ${file}.`);
  return true;
};

/** Writes the hooks; one that somebody else has written stays as it is, and its owner is told what to add. */
export const installHooks = async (options: HookOptions): Promise<void> => {
  const found = await findGitFolders(options.repo);
  const folder = writtenIn(found.hooks);
  const line = lineOf(options);
  if (found.hooksOfAll) {
    throw new AppError(
      'validation_failed',
      `${folder} holds the hooks of all your repositories (core.hooksPath): give this one a folder of its own by \`git config core.hooksPath .githooks\`, or add this line to ${hooks.join(' and ')}.\n${line}`,
    );
  }
  await mkdir(folder, { recursive: true });
  const others: string[] = [];
  for (const file of hooks.map((hook) => join(folder, hook))) {
    if (!(await writeHook(file, line))) others.push(file);
  }
  await beginWatching(options.repo);
  if (others.length > 0) {
    throw new AppError(
      'validation_failed',
      `${others.join(' and ')} ${others.length === 1 ? 'is a hook' : 'are hooks'} of yours: add this line.\n${line}`,
    );
  }
};

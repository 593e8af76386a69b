import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { documentRange, findGitFolders, findRange } from '../compose/document-line.ts';
import { AppError } from '../errors/app-error.ts';
import type { OutputOptions, SourceOptions } from './document-options.ts';
import { documentSummary } from './document-summary.ts';
import { say } from './print.ts';
import { writeOutput } from './write-output.ts';

export interface WatchOptions extends SourceOptions, OutputOptions {
  /** Look once and end, as a hook does. */
  once: boolean;
  /** Seconds between two looks. */
  interval: number;
}

const stateSchema = z.object({ documented: z.string().regex(/^[0-9a-f]{40,64}$/) });

/** The commit up to which this worktree is documented; kept beside git's own notes, so it is never committed. */
const openState = async (repo: string) => {
  const file = join((await findGitFolders(repo)).own, 'proofdesk-docs.json');
  return {
    read: async (): Promise<string | undefined> => {
      try {
        return stateSchema.parse(JSON.parse(await readFile(file, 'utf8'))).documented;
      } catch {
        return undefined;
      }
    },
    write: (documented: string) => writeFile(file, `${JSON.stringify({ documented })}\n`),
  };
};

/** Remembers where a repository stands, so that the next commit is documented; one without commits stands nowhere. */
export const beginWatching = async (repo: string): Promise<void> => {
  const state = await openState(repo);
  if ((await state.read()) !== undefined) return;
  try {
    await state.write((await findRange(repo, {})).to);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
};

/** Where the last look ended, unless that commit is not there any more: git clears away what was rewritten. */
const lastLook = async (repo: string, documented: string | undefined): Promise<string | undefined> => {
  if (documented === undefined) return undefined;
  try {
    return (await findRange(repo, { to: documented })).to;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
};

/** Documents what came since the last look; each range once, the first look only remembers where it stands. */
const look = async (options: WatchOptions): Promise<void> => {
  const { repo, audience, content } = options;
  const state = await openState(repo);
  const { to } = await findRange(repo, {});
  const from = await lastLook(repo, await state.read());
  if (from === to) return;
  if (from === undefined) say(`Watching from ${to.slice(0, 7)} on.`);
  else {
    const document = await documentRange({
      folder: repo,
      from,
      to,
      audience,
      content,
      onProgress: () => undefined,
    });
    await writeOutput(document, options);
    say(documentSummary(document, options.output));
  }
  await state.write(to);
};

/** Looks for new commits again and again, or once. */
export const watchRepository = async (options: WatchOptions): Promise<void> => {
  for (;;) {
    await look(options);
    if (options.once) return;
    await pause(options.interval * 1_000);
  }
};

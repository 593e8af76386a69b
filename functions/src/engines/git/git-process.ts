import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { HistoryError } from '../../ports/history.ts';

export interface GitPlace {
  /** Inside the repository, or the bare repository itself. */
  folder: string;
  /** The child's environment, without GIT_ variables of a hook that runs us. */
  environment: Record<string, string>;
}

/**
 * Settings of a repository or a user that would run a program, reach a network or change the output.
 * `safe.directory` stays git's own decision.
 */
export const quietSettings = [
  'core.fsmonitor=false',
  'log.showSignature=false',
  'log.showRoot=true',
  'log.follow=false',
  'i18n.logOutputEncoding=UTF-8',
  'diff.renames=false',
  'diff.ignoreSubmodules=none',
  'color.ui=false',
];

/** A process cannot be started in a folder that is not there either. */
export const folderMissing = 'The folder of the repository is not there.';

export type GitChild = ChildProcessByStdio<Writable, Readable, Readable>;

const longestComplaint = 2_000;

/** A running git: its child, and a promise that rejects when it fails. */
export interface GitRun {
  child: GitChild;
  /** Fulfilled when it ended well or was ended by us. */
  ended: Promise<void>;
}

const complaintOf = (child: GitChild): (() => string) => {
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    if (text.length < longestComplaint) text += chunk;
  });
  return () => text.trim().slice(0, longestComplaint);
};

/** Starts git with these arguments; there is no shell. */
export const startGit = (place: GitPlace, parameters: readonly string[], signal?: AbortSignal): GitRun => {
  signal?.throwIfAborted();
  const settings = quietSettings.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...settings, '--no-pager', '--no-replace-objects', ...parameters], {
    cwd: place.folder,
    env: { ...place.environment, LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' },
    stdio: 'pipe',
  });
  const complaint = complaintOf(child);
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => {
      const isThere = statSync(place.folder, { throwIfNoEntry: false })?.isDirectory();
      const why = isThere ? 'git cannot be started: install git.' : folderMissing;
      reject(new HistoryError(why, { cause }));
    });
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0 || child.killed) resolve();
      else
        reject(new HistoryError(`git cannot read the repository: ${complaint() || `it ended with ${code}`}`));
    });
  });
  // Who reads the output awaits `ended` after it; until then a failure must not count as unhandled.
  ended.catch(() => undefined);
  // A child that ended early closes its input; what happened is told by `ended`.
  child.stdin.on('error', () => undefined);
  return { child, ended };
};

/** What git prints, as a text. */
export const gitText = async (place: GitPlace, parameters: readonly string[]): Promise<string> => {
  const { child, ended } = startGit(place, parameters);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  await ended;
  return Buffer.concat(chunks).toString();
};

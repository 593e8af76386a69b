import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What git needs to be found, and nothing that the machine's user has configured. */
export const gitEnvironment: Record<string, string> = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
};

const seconds = 1_700_000_000;

/** A repository in `folder` in which every id is the same on each run. */
export const createRepository = (folder: string) => {
  let moment = seconds;
  const git = (
    parameters: readonly string[],
    options: { input?: Buffer | string; author?: string } = {},
  ): string => {
    const date = `${moment} +0000`;
    return execFileSync(
      'git',
      ['-c', 'commit.gpgSign=false', '-c', 'protocol.file.allow=always', ...parameters],
      {
        cwd: folder,
        input: options.input ?? '',
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...gitEnvironment,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_AUTHOR_NAME: options.author ?? 'Ada',
          GIT_AUTHOR_EMAIL: 'ada@example.test',
          GIT_COMMITTER_NAME: 'Ada',
          GIT_COMMITTER_EMAIL: 'ada@example.test',
          GIT_AUTHOR_DATE: date,
          GIT_COMMITTER_DATE: date,
        },
      },
    ).trim();
  };
  mkdirSync(folder, { recursive: true });
  git(['init', '--quiet', '--initial-branch=main']);

  const write = (files: Record<string, string | Buffer | undefined>): void => {
    for (const [path, content] of Object.entries(files)) {
      const place = join(folder, path);
      if (content === undefined) rmSync(place, { force: true });
      else {
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, content);
      }
    }
  };

  return {
    folder,
    git,
    write,
    /** Commits these files (undefined removes one) and gives the commit's id. */
    commit(
      message: string | Buffer,
      files: Record<string, string | Buffer | undefined> = {},
      options: { author?: string } = {},
    ): string {
      moment += 60;
      write(files);
      git(['add', '--all']);
      git(['commit', '--quiet', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '--file=-'], {
        ...options,
        input: message,
      });
      return git(['rev-parse', 'HEAD']);
    },
  };
};

export type TestRepository = ReturnType<typeof createRepository>;

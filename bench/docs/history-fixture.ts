import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  changedFiles,
  type WrittenCommit,
  writeRepository,
} from '../../functions/train/facts/fast-import.ts';
import { shopFiles } from '../../functions/train/facts/shop-files.ts';
import { shopHistory } from '../../functions/train/facts/shop-history.ts';
import type { ShopStyle } from '../../functions/train/facts/shop-model.ts';
import { mixedMessage } from './mixed-messages.ts';

/** Rises when the repository becomes another one. */
const fixtureVersion = 1;

export const historySize = { commits: 2_400, product: 160, lastRelease: 200 } as const;

/** The last release, `historySize.lastRelease` commits before the end. */
export const lastReleaseTag = 'v2.0.0';

const style: ShopStyle = {
  exports: 'inline',
  routes: 'router',
  settings: 'member',
  flags: 'commander',
  texts: 'expression',
};

const makeCommits = (): WrittenCommit[] => {
  const { first, commits } = shopHistory({
    seed: 7,
    size: historySize.product,
    commits: historySize.commits,
    style,
  });
  let files = shopFiles(first, style);
  const begin: WrittenCommit = { message: 'chore: begin', files: new Map(files) };
  const rest = commits.map((commit, place): WrittenCommit => {
    const next = shopFiles(commit.shop, style);
    const changes = changedFiles(files, next);
    files = next;
    const isRelease = place === historySize.commits - historySize.lastRelease - 1;
    return {
      message: mixedMessage(commit, place),
      files: changes,
      ...(isRelease ? { tag: lastReleaseTag } : {}),
    };
  });
  return [begin, ...rest];
};

/** A repository with a long mixed history; made once and kept in the folder for temporary files. */
export const historyFixture = (): string => {
  const parent = join(tmpdir(), 'proofdesk-bench-history');
  const folder = join(parent, `version-${fixtureVersion}`);
  if (existsSync(folder)) return folder;
  process.stdout.write(`Making a repository of ${historySize.commits} commits in ${folder} (once) ...\n`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(parent, { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  writeRepository(unfinished, makeCommits());
  renameSync(unfinished, folder);
  return folder;
};

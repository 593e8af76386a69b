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
import type { Shop, ShopStyle } from '../../functions/train/facts/shop-model.ts';
import { longHistory, longHistoryCommits } from './long-history.ts';
import { mixedMessage } from './mixed-messages.ts';
import { pictureFiles, surroundingFiles } from './surroundings.ts';

/** Each rises when the repository becomes another one. */
const fixtureVersion = 2;
const longFixtureVersion = 1;

export const historySize = { commits: 4_000, product: 160, lastRelease: 200 } as const;

/** The last release, `historySize.lastRelease` commits before the end. */
export const lastReleaseTag = 'v2.0.0';

const style: ShopStyle = {
  exports: 'inline',
  routes: 'router',
  settings: 'member',
  flags: 'commander',
  texts: 'expression',
  bodyLines: 25,
};

const makeCommits = (): WrittenCommit[] => {
  const { first, commits } = shopHistory({
    seed: 7,
    size: historySize.product,
    commits: historySize.commits,
    style,
  });
  const filesAt = (shop: Shop, place: number): Map<string, string> =>
    new Map([...shopFiles(shop, style), ...surroundingFiles(shop, commits.slice(0, place))]);
  let files = filesAt(first, 0);
  const begin: WrittenCommit = { message: 'chore: begin', files: new Map([...files, ...pictureFiles()]) };
  const rest = commits.map((commit, place): WrittenCommit => {
    const next = filesAt(commit.shop, place + 1);
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

/** Made once and kept in the folder for temporary files. */
const keptRepository = (name: string, size: number, commits: () => WrittenCommit[]): string => {
  const parent = join(tmpdir(), 'proofdesk-bench-history');
  const folder = join(parent, name);
  if (existsSync(folder)) return folder;
  process.stdout.write(`Making a repository of ${size} commits in ${folder} (once) ...\n`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(parent, { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  writeRepository(unfinished, commits());
  renameSync(unfinished, folder);
  return folder;
};

/** A product with a mixed history. */
export const historyFixture = (): string =>
  keptRepository(`version-${fixtureVersion}`, historySize.commits, makeCommits);

/** A history that is long enough for git itself to take noticeable time. */
export const longHistoryFixture = (): string =>
  keptRepository(`long-${longFixtureVersion}`, longHistoryCommits, longHistory);

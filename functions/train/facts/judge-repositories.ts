import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createReadFacts } from '../../src/documentation/facts/read-facts.ts';
import { openGitHistory } from '../../src/engines/git/git-history.ts';
import type { Fact } from '../../src/protocol/facts.ts';
import type { JudgedCommit } from './detector-figures.ts';
import { changedFiles, type WrittenCommit, writeRepository } from './fast-import.ts';
import { handwrittenCommits } from './handwritten-commits.ts';
import { shopFiles } from './shop-files.ts';
import { shopHistory } from './shop-history.ts';
import type { ShopStyle } from './shop-model.ts';

const environment = { PATH: process.env.PATH ?? '' };

const lines = (facts: readonly Fact[]): string[] =>
  facts
    .filter(({ evidence }) => evidence !== 'message')
    .map(({ kind, change, subject }) => `${kind} ${change} ${subject}`);

const idsOf = (folder: string): string[] =>
  execFileSync('git', ['rev-list', '--reverse', 'main'], { cwd: folder, encoding: 'utf8' })
    .trim()
    .split('\n');

const judgeEach = async (
  folder: string,
  commits: readonly { expected: string[] }[],
): Promise<JudgedCommit[]> => {
  const readFacts = createReadFacts({ history: openGitHistory({ folder, environment }) });
  const ids = idsOf(folder);
  const judged: JudgedCommit[] = [];
  for (const [position, { expected }] of commits.entries()) {
    const { facts } = await readFacts({ from: ids[position], to: ids[position + 1] });
    judged.push({ expected, found: lines(facts) });
  }
  return judged;
};

/** The ways of writing that are tried; each kind of each way is in at least one of them. */
export const styles: ShopStyle[] = [
  { exports: 'inline', routes: 'router', settings: 'member', flags: 'commander', texts: 'inline' },
  { exports: 'list', routes: 'factory', settings: 'pattern', flags: 'parse-args', texts: 'expression' },
  { exports: 'common-js', routes: 'handed', settings: 'schema', flags: 'yargs', texts: 'inline' },
  { exports: 'inline', routes: 'fastify', settings: 'member', flags: 'commander', texts: 'expression' },
  { exports: 'list', routes: 'router', settings: 'schema', flags: 'yargs', texts: 'inline' },
  { exports: 'common-js', routes: 'factory', settings: 'pattern', flags: 'parse-args', texts: 'inline' },
  { exports: 'inline', routes: 'table', settings: 'helper', flags: 'commander', texts: 'constant' },
  { exports: 'list', routes: 'fastify', settings: 'member', flags: 'parse-args', texts: 'inline' },
];

const commitsEach = 40;
const productSize = 8;

/** Facts of each commit of generated repositories, where the truth is known by construction. */
export const judgeGenerated = async (folder: string): Promise<JudgedCommit[]> => {
  const judged: JudgedCommit[] = [];
  for (const [position, style] of styles.entries()) {
    const { first, commits } = shopHistory({
      seed: position + 1,
      size: productSize,
      commits: commitsEach,
      style,
    });
    let files = new Map<string, string>();
    const written = [{ shop: first }, ...commits].map(({ shop }, index): WrittenCommit => {
      const next = shopFiles(shop, style);
      const changes = changedFiles(files, next);
      files = next;
      return { message: `commit ${index}`, files: changes };
    });
    const place = join(folder, `generated-${position}`);
    writeRepository(place, written);
    judged.push(...(await judgeEach(place, commits)));
    rmSync(place, { recursive: true });
  }
  return judged;
};

/** Facts of the commits that were written by hand, each with its name. */
export const judgeHandwritten = async (folder: string): Promise<(JudgedCommit & { name: string })[]> => {
  const judged: (JudgedCommit & { name: string })[] = [];
  for (const [position, { name, before, after, expected }] of handwrittenCommits.entries()) {
    const first = new Map(Object.entries(before));
    const place = join(folder, `handwritten-${position}`);
    writeRepository(place, [
      { message: 'before', files: first },
      { message: 'after', files: changedFiles(first, new Map(Object.entries(after))) },
    ]);
    const [result] = await judgeEach(place, [{ expected }]);
    if (result) judged.push({ name, ...result });
  }
  return judged;
};

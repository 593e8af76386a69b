import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A commit to write: its message and the files it leaves different; undefined removes one. */
export interface WrittenCommit {
  message: string;
  files: Map<string, string | undefined>;
  tag?: string;
}

const begin = 1_600_000_000;
const person = 'Ada <ada@example.test>';

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

const fileCommand = (path: string, text: string | undefined): string =>
  text === undefined ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`;

const commitCommand = ({ message, files, tag }: WrittenCommit, position: number): string => {
  const moment = `${begin + position * 600} +0000`;
  const changes = [...files].map(([path, text]) => fileCommand(path, text)).join('');
  const mark = tag === undefined ? '' : `reset refs/tags/${tag}\nfrom refs/heads/main\n\n`;
  return `commit refs/heads/main\nauthor ${person} ${moment}\ncommitter ${person} ${moment}\n${data(message)}${changes}\n${mark}`;
};

/** Makes a repository with these commits; the ids are the same on every machine. */
export const writeRepository = (folder: string, commits: readonly WrittenCommit[]): void => {
  mkdirSync(folder, { recursive: true });
  const git = (parameters: string[], input = ''): void => {
    execFileSync('git', parameters, {
      cwd: folder,
      input,
      stdio: ['pipe', 'ignore', 'pipe'],
      maxBuffer: 2 ** 30,
    });
  };
  git(['init', '--quiet', '--initial-branch=main']);
  git(['fast-import', '--quiet', '--force'], commits.map(commitCommand).join(''));
  git(['reset', '--quiet', '--hard']);
};

/** What of the files differs from before. */
export const changedFiles = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Map<string, string | undefined> => {
  const changes = new Map<string, string | undefined>();
  for (const [path, text] of after) if (before.get(path) !== text) changes.set(path, text);
  for (const path of before.keys()) if (!after.has(path)) changes.set(path, undefined);
  return changes;
};

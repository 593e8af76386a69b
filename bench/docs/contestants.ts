import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastReleaseTag } from './history-fixture.ts';
import { referenceTool } from './references.ts';

export type Depth = 'messages' | 'content';

export interface Contestant {
  label: string;
  command: string[];
  /** Kept analyses are thrown away before each run. */
  isCold: boolean;
}

/** Only facts, and the whole command that writes them down. */
export const messagesLabel = 'Proofdesk, messages and paths';
export const notesLabel = 'proofdesk docs generate --no-content';

const program = fileURLToPath(new URL('read-facts.js', import.meta.url));
const commandLine = fileURLToPath(new URL('../../functions/bin/proofdesk.js', import.meta.url));

const proofdesk = (folder: string, cacheFile: string, from: string) => {
  const command = (depth: Depth) => [process.execPath, program, folder, from, depth, cacheFile];
  const generate = ['docs', 'generate', '--repo', folder, '--no-content', '--format', 'markdown'];
  const range = from === '' ? [] : ['--from', from];
  return [
    { label: messagesLabel, command: command('messages'), isCold: true },
    { label: notesLabel, command: [process.execPath, commandLine, ...generate, ...range], isCold: false },
    { label: 'Proofdesk, content, cold', command: command('content'), isCold: true },
    { label: 'Proofdesk, content, warm', command: command('content'), isCold: false },
  ];
};

const references = (range: string, changelogRange: string[], cliffRange: string[]): Contestant[] => [
  { label: 'git log --raw', command: ['git', 'log', '--raw', '--no-renames', range], isCold: false },
  { label: 'git log -p', command: ['git', 'log', '-p', range], isCold: false },
  {
    label: 'conventional-changelog',
    command: [referenceTool('conventional-changelog'), '-p', 'angular', ...changelogRange],
    isCold: false,
  },
  {
    label: 'git-cliff 2.12.0',
    command: [referenceTool('git-cliff'), '--offline', ...cliffRange],
    isCold: false,
  },
];

/** Who is measured over a long history: what reads messages and paths only. */
export const longContestants = (folder: string, work: string): Contestant[] =>
  [...references('HEAD', ['-r', '0'], []), ...proofdesk(folder, join(work, 'long', 'analyses'), '')].filter(
    ({ label }) => ['git log --raw', messagesLabel, notesLabel].includes(label),
  );

/** Who is measured over the whole history and over the last release. */
export const contestants = (folder: string, work: string): { whole: Contestant[]; release: Contestant[] } => {
  const cacheFile = (name: string) => join(work, name, 'analyses');
  const range = `${lastReleaseTag}..HEAD`;
  return {
    whole: [...references('HEAD', ['-r', '0'], []), ...proofdesk(folder, cacheFile('whole'), '')],
    release: [
      ...references(range, ['-r', '1'], [range]),
      ...proofdesk(folder, cacheFile('release'), lastReleaseTag),
    ],
  };
};

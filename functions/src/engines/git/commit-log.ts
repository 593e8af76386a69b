import type { HistoryCommit, ObjectId, ReadOptions, ResolvedRange } from '../../ports/history.ts';
import { type GitPlace, startGit } from './git-process.ts';
import { nulTokens } from './nul-tokens.ts';
import { readRawEntry } from './raw-entry.ts';
import { decodeText } from './text-decoding.ts';

const headerFields = ['%H', '%P', '%aN', '%B'];
const format = `--format=tformat:${headerFields.map((field) => `${field}%x00`).join('')}`;
const objectId = /^[0-9a-f]{40,64}$/;

const parameters = ({ from, to }: Pick<ResolvedRange, 'from' | 'to'>): string[] => [
  ...[
    'log',
    '-z',
    '--raw',
    '-c',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-notes',
  ],
  ...['--no-color', '--topo-order', format, '--end-of-options', to],
  ...(from === undefined ? [] : [`^${from}`]),
  '--',
];

const readHeader = ([id = '', parents = '', author = '', message = '']: readonly string[]): HistoryCommit => {
  const decoded = decodeText(message);
  return {
    id,
    parents: parents.split(' ').filter(Boolean),
    author: decodeText(author).text,
    message: decoded.text,
    guessedEncoding: decoded.guessed,
    changes: [],
  };
};

/** Puts the parts of the log together: header fields, then pairs of raw entry and path. */
const createAssembler = () => {
  let header: string[] = [];
  let commit: HistoryCommit | undefined;
  let entry: string | undefined;
  const begin = (): HistoryCommit | undefined => {
    const complete = commit;
    commit = undefined;
    return complete;
  };
  /** Takes the next part; gives the commit that it shows to be complete. */
  const take = (token: string): HistoryCommit | undefined => {
    if (entry !== undefined) {
      commit?.changes.push(readRawEntry(entry, decodeText(token).text));
      entry = undefined;
      return undefined;
    }
    if (header.length > 0) {
      header.push(token);
      if (header.length === headerFields.length) {
        commit = readHeader(header);
        header = [];
      }
      return undefined;
    }
    const text = token.trimStart();
    if (text.startsWith(':')) {
      entry = text;
      return undefined;
    }
    if (!objectId.test(text)) return undefined;
    header = [text];
    return begin();
  };
  return { take, last: begin };
};

/** One streaming pass over the log. */
export async function* readCommits(
  place: GitPlace,
  range: Pick<ResolvedRange, 'from' | 'to'>,
  { signal }: ReadOptions = {},
): AsyncGenerator<HistoryCommit> {
  if (range.from === (range.to satisfies ObjectId)) return;
  const { child, ended } = startGit(place, parameters(range), signal);
  const assembler = createAssembler();
  try {
    for await (const tokens of nulTokens(child.stdout)) {
      for (const token of tokens) {
        const commit = assembler.take(token);
        if (commit) yield commit;
      }
    }
    await ended;
    const commit = assembler.last();
    if (commit) yield commit;
  } finally {
    child.kill('SIGKILL');
  }
}

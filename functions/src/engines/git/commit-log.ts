import type { CommitOptions, HistoryCommit, ObjectId, ResolvedRange } from '../../ports/history.ts';
import { commitFormat, readCommitRecord } from './commit-record.ts';
import { type GitPlace, startGit } from './git-process.ts';
import { nulRecords } from './nul-records.ts';

const parameters = ({ from, to }: Pick<ResolvedRange, 'from' | 'to'>, contents: boolean): string[] => [
  ...['log', '-z', ...(contents ? ['--raw', '--no-abbrev'] : ['--name-status']), '-c', '--no-renames'],
  ...['--no-ext-diff', '--no-textconv', '--no-notes', '--no-color', '--topo-order'],
  ...[`--format=${commitFormat}`, '--end-of-options', to],
  ...(from === undefined ? [] : [`^${from}`]),
  '--',
];

/** One streaming pass over the log. */
export async function* readCommits(
  place: GitPlace,
  range: Pick<ResolvedRange, 'from' | 'to'>,
  { signal, contents = true }: CommitOptions = {},
): AsyncGenerator<HistoryCommit> {
  if (range.from === (range.to satisfies ObjectId)) return;
  const { child, ended } = startGit(place, parameters(range, contents), signal);
  try {
    for await (const records of nulRecords(child.stdout)) {
      for (const record of records) yield readCommitRecord(record, { contents });
    }
    await ended;
  } finally {
    child.kill('SIGKILL');
  }
}

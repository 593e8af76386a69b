import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildProofdesk } from '../http/proofdesk-process.ts';
import { withTemporaryFolder } from '../http/temporary-folder.ts';
import { median } from '../statistics.ts';
import { tableText } from '../table.ts';
import { type Contestant, contestants, longContestants, messagesLabel, notesLabel } from './contestants.ts';
import { historyFixture, historySize, longHistoryFixture } from './history-fixture.ts';
import { longHistoryCommits } from './long-history.ts';
import { type Measurement, measureCommand } from './measure-command.ts';

interface Result {
  label: string;
  milliseconds: number;
  peakBytes: number;
}

/** Each round measures everybody once, so that what else the machine does disturbs all alike. */
const measureAll = async (
  list: readonly Contestant[],
  { folder, work, rounds }: { folder: string; work: string; rounds: number },
): Promise<Result[]> => {
  const measured = new Map<string, Measurement[]>(list.map(({ label }) => [label, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { label, command, isCold } of list) {
      if (isCold)
        for (const name of ['whole', 'release']) rmSync(join(work, name), { recursive: true, force: true });
      measured.get(label)?.push(await measureCommand(command, folder));
    }
  }
  return list.map(({ label }) => ({
    label,
    milliseconds: median((measured.get(label) ?? []).map(({ milliseconds }) => milliseconds)),
    peakBytes: Math.max(...(measured.get(label) ?? []).map(({ peakBytes }) => peakBytes)),
  }));
};

const timeOf = (results: readonly Result[], label: string): number =>
  results.find((result) => result.label === label)?.milliseconds ?? Number.NaN;

const ratioText = (ratio: number): string => (Number.isNaN(ratio) ? '' : ratio.toFixed(2));

const rowsOf = (results: readonly Result[]): string[][] =>
  results.map(({ label, milliseconds, peakBytes }) => [
    label,
    (milliseconds / 1_000).toFixed(2),
    (milliseconds / timeOf(results, 'git log --raw')).toFixed(2),
    ratioText(milliseconds / timeOf(results, 'git log -p')),
    (peakBytes / 1e6).toFixed(0),
  ]);

const header = ['', 'seconds', '/ git log --raw', '/ git log -p', 'peak MB'];

interface Goal {
  text: string;
  value: number;
  most: number;
}

const messagesGoals = (results: readonly Result[], commits: number): Goal[] =>
  [messagesLabel, notesLabel].map((label) => ({
    text: `whole history of ${commits} commits, ${label}, against git log --raw`,
    value: timeOf(results, label) / timeOf(results, 'git log --raw'),
    most: 3,
  }));

interface Results {
  long: Result[];
  whole: Result[];
  release: Result[];
}

const goalsOf = ({ long, whole, release }: Results): Goal[] => [
  ...messagesGoals(long, longHistoryCommits),
  ...messagesGoals(whole, historySize.commits),
  {
    text: 'whole history, content, cold, against git log -p',
    value: timeOf(whole, 'Proofdesk, content, cold') / timeOf(whole, 'git log -p'),
    most: 3,
  },
  {
    text: 'last release, content, cold, seconds',
    value: timeOf(release, 'Proofdesk, content, cold') / 1_000,
    most: 5,
  },
  {
    text: 'last release, content, warm, seconds',
    value: timeOf(release, 'Proofdesk, content, warm') / 1_000,
    most: 1,
  },
];

const report = (goals: readonly Goal[]): string =>
  goals
    .map(
      ({ text, value, most }) =>
        `${value <= most ? 'met   ' : 'MISSED'}  ${text}: ${value.toFixed(2)} (at most ${most})`,
    )
    .join('\n');

const show = (title: string, results: readonly Result[]): void => {
  process.stdout.write(`\n${title}\n${tableText(header, rowsOf(results))}\n`);
};

/** Compares the reader of facts with git itself and with changelog tools; true when every goal is met. */
export const runDocs = async ({ rounds }: { rounds: number }): Promise<boolean> => {
  const [folder, longFolder] = [historyFixture(), longHistoryFixture()];
  buildProofdesk();
  return withTemporaryFolder(async (work) => {
    const lists = contestants(folder, work);
    const long = await measureAll(longContestants(longFolder, work), { folder: longFolder, work, rounds });
    show(`Long history, ${longHistoryCommits} commits`, long);
    const whole = await measureAll(lists.whole, { folder, work, rounds });
    show(`Whole history, ${historySize.commits} commits`, whole);
    const release = await measureAll(lists.release, { folder, work, rounds });
    show(`Last release, ${historySize.lastRelease} commits`, release);
    const goals = goalsOf({ long, whole, release });
    process.stdout.write(`\n${report(goals)}\n`);
    return goals.every(({ value, most }) => value <= most);
  });
};

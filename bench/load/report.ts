import type { Usage } from '../http/server-process.ts';
import { quantile } from '../statistics.ts';
import { tableText } from '../table.ts';
import type { Entry, Journal } from './journal.ts';

const milliseconds = (number: number): string => (number < 10 ? number.toFixed(1) : number.toFixed(0));
const megabytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);

const row = (kind: string, { latenciesMs, outcomes }: Entry, seconds: number): string[] => [
  kind,
  String(latenciesMs.length),
  (latenciesMs.length / seconds).toFixed(1),
  ...[0.5, 0.95, 0.99, 1].map((share) => milliseconds(quantile(latenciesMs, share))),
  [...outcomes].map(([outcome, count]) => `${outcome}: ${count}`).join(', '),
];

const header = ['', 'requests', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'replies by status'];

export const reportJournal = ({ entries }: Journal, seconds: number): string =>
  tableText(
    header,
    [...entries].map(([kind, entry]) => row(kind, entry, seconds)),
  );

export const reportUsage = (before: Usage, after: Usage, seconds: number): string => {
  const share = ((after.processorMs - before.processorMs) / (seconds * 1_000)) * 100;
  return [
    `Processor  ${share.toFixed(0)} % of one core`,
    `Memory     ${megabytes(before.residentBytes)} MB before, ${megabytes(after.residentBytes)} MB after`,
  ].join('\n');
};

/** Replies that a healthy server does not give. */
export const countFailures = ({ entries }: Journal): number =>
  [...entries.values()]
    .flatMap(({ outcomes }) => [...outcomes])
    .filter(([outcome]) => !outcome.startsWith('2'))
    .reduce((sum, [, count]) => sum + count, 0);

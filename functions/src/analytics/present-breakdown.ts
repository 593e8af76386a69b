import type { RecordReader } from '../ports/record-store.ts';
import type { SessionAnalytics, SessionBreakdowns } from '../protocol/analytics.ts';
import { categories, channels } from '../protocol/enumerations.ts';
import type { Breakdown, SumsByKey } from './breakdown.ts';
import { figuresOf } from './figures.ts';
import { emptySums } from './rollup.ts';

const rowsOf = <Key extends string>(keys: readonly Key[], sums: SumsByKey) =>
  keys.map((key) => ({ key, ...figuresOf(sums.get(key) ?? emptySums()) }));

/** Agents with the most sessions first; names come from the agents' records, which may be gone. */
const agentRows = async (
  reader: RecordReader,
  agents: SumsByKey,
): Promise<NonNullable<SessionBreakdowns['agent']>> => {
  const busiest = [...agents].sort(([a, one], [b, other]) => other.ended - one.ended || (a < b ? -1 : 1));
  return Promise.all(
    busiest.map(async ([id, sums]) => ({
      key: id === '' ? null : id,
      name: id === '' ? null : ((await reader.get('agents', id))?.name ?? null),
      ...figuresOf(sums),
    })),
  );
};

/** The only place where sums become what the wire carries. */
export const presentBreakdown = async (
  reader: RecordReader,
  { totals, groups }: Breakdown,
): Promise<Pick<SessionAnalytics, 'totals' | 'breakdowns'>> => ({
  totals: figuresOf(totals),
  breakdowns: {
    channel: rowsOf(channels, groups.channel),
    category: rowsOf(categories, groups.category),
    agent: await agentRows(reader, groups.agent),
    day: rowsOf([...groups.day.keys()], groups.day),
  },
});

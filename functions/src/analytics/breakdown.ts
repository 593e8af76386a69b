import type { AnalyticsRollup } from '../ports/records.ts';
import { type AnalyticsGroup, analyticsGroups } from '../protocol/analytics.ts';
import { categories, channels } from '../protocol/enumerations.ts';
import { createCalendar, type HourRange } from './local-days.ts';
import { addSums, emptySums, type RollupSums } from './rollup.ts';

/** Sums by key; keys stand in the order in which people see them. */
export type SumsByKey = ReadonlyMap<string, RollupSums>;

/** Sums over a range, as a whole and by each group. */
export interface Breakdown {
  totals: RollupSums;
  groups: Record<AnalyticsGroup, SumsByKey>;
}

const emptyGroup = (keys: readonly string[]): Map<string, RollupSums> =>
  new Map(keys.map((key) => [key, emptySums()]));

/**
 * Adds roll-ups of the range up, one by one, so that a year needs no more memory than its days. Channels,
 * categories and days are there with or without sessions; agents (`''` for none) when they had one.
 */
export const createBreakdown = (range: HourRange): Breakdown & { add(rollup: AnalyticsRollup): void } => {
  const calendar = createCalendar(range);
  const totals = emptySums();
  const groups = {
    channel: emptyGroup(channels),
    category: emptyGroup(categories),
    agent: emptyGroup([]),
    day: emptyGroup(calendar.dates),
  };
  return {
    totals,
    groups,
    add: (rollup) => {
      const keys = {
        channel: rollup.channel,
        category: rollup.category,
        agent: rollup.agentId,
        day: calendar.dateOf(Date.parse(rollup.hour)),
      };
      addSums(totals, rollup);
      for (const group of analyticsGroups) {
        const sums = groups[group].get(keys[group]) ?? emptySums();
        addSums(sums, rollup);
        groups[group].set(keys[group], sums);
      }
    },
  };
};

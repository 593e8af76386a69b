import { isoTime } from '../ports/clock.ts';
import type { NumericFieldOf } from '../ports/record-store.ts';
import type { AnalyticsRollup, SupportSession } from '../ports/records.ts';

export const hourMs = 3_600_000;

/** The fields of a roll-up that add up. */
export type RollupField = NumericFieldOf<'analyticsRollups'>;

/** Every sum and count of a roll-up. */
export type RollupSums = Pick<AnalyticsRollup, RollupField>;

const nothing: RollupSums = {
  ended: 0,
  resolved: 0,
  escalated: 0,
  abandoned: 0,
  handedOver: 0,
  waitSum: 0,
  waitCount: 0,
  firstResponseSum: 0,
  firstResponseCount: 0,
  durationSum: 0,
  durationCount: 0,
  ratingSum: 0,
  ratingCount: 0,
};

const rollupFields = Object.keys(nothing) as RollupField[];

/** Sums to which nothing was added yet. */
export const emptySums = (): RollupSums => ({ ...nothing });

/** Adds the second to the first. */
export const addSums = (sums: RollupSums, more: RollupSums): void => {
  for (const field of rollupFields) sums[field] += more[field];
};

/** Start of the UTC hour that holds the moment, both in milliseconds since 1970. */
export const floorHour = (moment: number): number => Math.floor(moment / hourMs) * hourMs;

/** Start of the first UTC hour that begins at the moment or later. */
export const ceilHour = (moment: number): number => Math.ceil(moment / hourMs) * hourMs;

/**
 * The roll-up of a session that ended, holding nothing but `sums`. Its id is made of hour, channel, category and
 * agent, so that writers of one roll-up meet in one record on every node and engine.
 */
export const rollupOf = (
  session: SupportSession,
  endedAt: string,
  sums: Partial<RollupSums>,
): AnalyticsRollup => {
  const hour = isoTime(floorHour(Date.parse(endedAt)));
  const agentId = session.agentId ?? '';
  return {
    ...nothing,
    ...sums,
    id: [hour.slice(0, 13).replaceAll(/\D/g, ''), session.type, session.category, agentId].join('-'),
    hour,
    channel: session.type,
    category: session.category,
    agentId,
  };
};

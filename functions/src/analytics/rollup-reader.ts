import { setImmediate } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import { isoTime } from '../ports/clock.ts';
import type { Condition, RecordReader } from '../ports/record-store.ts';
import type { AnalyticsRollup } from '../ports/records.ts';
import type { HourRange } from './local-days.ts';

/** How much of the roll-ups one request may read. */
export interface ReadingLimits {
  pageSize: number;
  maximumPages: number;
}

/** 200,000 roll-ups: over 400 days, some 20 kinds of session in every hour of day and night. */
export const defaultReadingLimits: ReadingLimits = { pageSize: 500, maximumPages: 400 };

const conditionsOf = (range: HourRange, agentId: string | undefined): Condition<'analyticsRollups'>[] => [
  ...(agentId === undefined ? [] : [{ field: 'agentId', operator: '==', value: agentId } as const]),
  { field: 'hour', operator: '>=', value: isoTime(range.from) },
  { field: 'hour', operator: '<', value: isoTime(range.to) },
];

/**
 * Hands every roll-up of the range to `add`, page by page through the hour index, and lets other requests in
 * between pages. AppError `validation_failed` when there is more than one request may read.
 */
export const readRollups = async (
  reader: RecordReader,
  { range, agentId, limits }: { range: HourRange; agentId: string | undefined; limits: ReadingLimits },
  add: (rollup: AnalyticsRollup) => void,
): Promise<void> => {
  const where = conditionsOf(range, agentId);
  let cursor: string | undefined;
  for (let page = 0; page < limits.maximumPages; page += 1) {
    const { items, nextCursor } = await reader.list('analyticsRollups', {
      where,
      orderBy: 'hour',
      direction: 'ascending',
      limit: limits.pageSize,
      cursor,
    });
    for (const rollup of items) add(rollup);
    if (nextCursor === undefined) return;
    cursor = nextCursor;
    await setImmediate();
  }
  throw new AppError('validation_failed', 'There is too much in this range for one answer.', {
    errors: [{ path: 'from', message: 'ask for fewer days, or for one agent' }],
  });
};

import { DateTime } from 'luxon';
import { AppError } from '../errors/app-error.ts';
import { defaultRangeDays, maximumRangeDays, type SessionAnalyticsQuery } from '../protocol/analytics.ts';
import { addDays, dateOfHour, firstHourOf, type HourRange } from './local-days.ts';
import { ceilHour, floorHour, hourMs } from './rollup.ts';

const isDate = (bound: string): boolean => !bound.includes('T');

const startOf = (bound: string, timeZone: string): number =>
  isDate(bound) ? firstHourOf(bound, timeZone) : Date.parse(bound);

const endOf = (bound: string, timeZone: string): number =>
  isDate(bound) ? firstHourOf(addDays(bound, 1), timeZone) : Date.parse(bound);

/** So many local days up to the end, the day of the end among them. */
const defaultStart = (end: number, timeZone: string): number => {
  const lastDay = dateOfHour(ceilHour(end) - hourMs, timeZone);
  return firstHourOf(addDays(lastDay, 1 - defaultRangeDays), timeZone);
};

const refuse = (detail: string, path: string, message: string): never => {
  throw new AppError('validation_failed', detail, { errors: [{ path, message }] });
};

/**
 * The hours that a query means at the time `now` (milliseconds since 1970). AppError `validation_failed` when it is
 * empty or longer than `maximumRangeDays` local days.
 */
export const rangeOf = (
  query: Pick<SessionAnalyticsQuery, 'from' | 'to'>,
  timeZone: string,
  now: number,
): HourRange => {
  const end = query.to === undefined ? now + 1 : endOf(query.to, timeZone);
  const start = query.from === undefined ? defaultStart(end, timeZone) : startOf(query.from, timeZone);
  if (start >= end) refuse('The range is empty.', 'from', 'does not come before the end of the range');
  const range = { from: floorHour(start), to: ceilHour(end), timeZone };
  const longest = DateTime.fromMillis(range.from, { zone: timeZone }).plus({ days: maximumRangeDays });
  if (range.to > ceilHour(longest.toMillis())) {
    refuse('The range is too long.', 'from', `ask for ${maximumRangeDays} days at most`);
  }
  return range;
};

import { IANAZone } from 'luxon';
import { isoTime } from '../ports/clock.ts';
import { ceilHour, hourMs } from './rollup.ts';

const minuteMs = 60_000;
const dayMs = 24 * hourMs;

/** Local time minus UTC at the moment. */
const offsetMs = (moment: number, timeZone: string): number =>
  IANAZone.create(timeZone).offset(moment) * minuteMs;

const dateOnly = (moment: number): string => isoTime(moment).slice(0, 10);

/** Whole hours from `from` (included) to `to` (excluded), in milliseconds since 1970. */
export interface HourRange {
  from: number;
  to: number;
  timeZone: string;
}

/**
 * The local date to which the hour that starts at `hour` (milliseconds since 1970) belongs: the one it begins
 * in. Only zones whose offset is no whole hour have hours that lie in two days, and there this one rule keeps
 * every hour in exactly one day.
 */
export const dateOfHour = (hour: number, timeZone: string): string =>
  dateOnly(hour + offsetMs(hour, timeZone));

/** The date `days` after it (before it when negative), in the calendar alone. */
export const addDays = (date: string, days: number): string => dateOnly(Date.parse(date) + days * dayMs);

/** All dates from the first to the last, both included; none when the last lies before the first. */
export const datesBetween = (first: string, last: string): string[] => {
  const dates: string[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
};

/**
 * Start of the first hour that belongs to the date or a later one, in milliseconds since 1970. The offset may
 * change around midnight, which then comes twice or never, so the hours around it are asked.
 */
export const firstHourOf = (date: string, timeZone: string): number => {
  const midnight = Date.parse(date);
  let hour = ceilHour(midnight - offsetMs(midnight, timeZone));
  while (dateOfHour(hour - hourMs, timeZone) >= date) hour -= hourMs;
  while (dateOfHour(hour, timeZone) < date) hour += hourMs;
  return hour;
};

/** The local days of a range. */
export interface Calendar {
  /** Every date that the range touches, in order. */
  dates: readonly string[];
  /** The date of an hour of the range; quick when hours are asked for in order. */
  dateOf(hour: number): string;
}

/** Asks the zone once a day, not once an hour: that is what costs. */
export const createCalendar = ({ from, to, timeZone }: HourRange): Calendar => {
  const dates = from < to ? datesBetween(dateOfHour(from, timeZone), dateOfHour(to - hourMs, timeZone)) : [];
  const starts = dates.map((date) => firstHourOf(date, timeZone));
  let asked = Number.NaN;
  let answer = '';
  return {
    dates,
    dateOf: (hour) => {
      if (hour !== asked) {
        asked = hour;
        answer = dates[starts.findLastIndex((start) => start <= hour)] ?? '';
      }
      return answer;
    },
  };
};

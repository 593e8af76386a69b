import { DateTime } from 'luxon';
import type { ShopSettings } from '../../ports/records.ts';

/** Part of the settings that tells when somebody is there. */
export type BusinessHours = Pick<ShopSettings, 'timeZone' | 'hours' | 'holidays'>;

/** Whether somebody is there, and if not, when (milliseconds since 1970 UTC; absent when no opening is planned). */
export type Opening = { open: true } | { open: false; opensAt?: number };

/** A stretch of one local day, in minutes after its midnight by the clock on the wall. */
interface Stretch {
  from: number;
  to: number;
}

/** An opening further away than this is no help to anybody. */
const daysAhead = 400;

const minutesOf = (clockTime: string): number => {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return hours * 60 + minutes;
};

const stretchesOn = (hours: BusinessHours['hours'], weekday: number): Stretch[] =>
  hours
    .filter((entry) => entry.weekday === weekday)
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .sort((left, right) => left.from - right.from);

const localTime = (at: number, timeZone: string): DateTime => {
  const local = DateTime.fromMillis(at, { zone: timeZone });
  return local.isValid ? local : DateTime.fromMillis(at, { zone: 'utc' });
};

/**
 * The moment at which the wall clock shows this minute of the day. A minute that the clock skips in spring gives
 * the moment of the jump; one that it shows twice in autumn gives the first time.
 */
const momentOf = (midnight: DateTime, minute: number): DateTime => {
  const { year, month, day } = midnight;
  const wanted = { hour: Math.floor(minute / 60), minute: minute % 60 };
  const moment = DateTime.fromObject({ year, month, day, ...wanted }, { zone: midnight.zone });
  const skippedMinutes = moment.hour * 60 + moment.minute - minute;
  return skippedMinutes > 0 ? moment.startOf('hour') : moment;
};

const isHoliday = (midnight: DateTime, holidays: readonly string[]): boolean =>
  holidays.includes(midnight.toISODate() ?? '');

const firstOpening = (hours: BusinessHours, local: DateTime): number | undefined => {
  let midnight = local.startOf('day');
  for (let day = 0; day < daysAhead; day += 1) {
    if (!isHoliday(midnight, hours.holidays)) {
      for (const { from } of stretchesOn(hours.hours, midnight.weekday)) {
        const moment = momentOf(midnight, from);
        if (moment > local) return moment.toMillis();
      }
    }
    midnight = midnight.plus({ days: 1 }).startOf('day');
  }
  return undefined;
};

/** Whether the shop is open at a time, by its own clock, hours and holidays; an unknown time zone counts as UTC. */
export const openingAt = (hours: BusinessHours, at: number): Opening => {
  const local = localTime(at, hours.timeZone);
  const minute = local.hour * 60 + local.minute;
  const open =
    !isHoliday(local, hours.holidays) &&
    stretchesOn(hours.hours, local.weekday).some(({ from, to }) => minute >= from && minute < to);
  if (open) return { open };
  const opensAt = firstOpening(hours, local);
  return opensAt === undefined ? { open } : { open, opensAt };
};

/** When somebody is there again, as people read it in the shop's own time. */
export const openingText = (timeZone: string, opensAt: number): string => {
  const local = localTime(opensAt, timeZone).setLocale('en-GB');
  return `Somebody is there again on ${local.toFormat('cccc, d LLLL')} at ${local.toFormat('HH:mm')} (${local.zoneName}).`;
};

const minuteMs = 60_000;

/**
 * `openingAt` that remembers its answer within a minute, since hours change on whole minutes only: days without an
 * opening are walked through one by one, which is too much for each request. One answer stays one object.
 */
export const createOpeningCheck = (): ((hours: BusinessHours, at: number) => Opening) => {
  let known: { hours: BusinessHours; minute: number; opening: Opening } | undefined;
  return (hours, at) => {
    const minute = Math.floor(at / minuteMs);
    if (known?.hours !== hours || known.minute !== minute) {
      known = { hours, minute, opening: openingAt(hours, at) };
    }
    return known.opening;
  };
};

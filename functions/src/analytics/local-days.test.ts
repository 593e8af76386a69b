import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, createCalendar, dateOfHour, datesBetween, firstHourOf } from './local-days.ts';
import { ceilHour, floorHour, hourMs } from './rollup.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];

const hoursOf = (date: string, zone: string): number =>
  (firstHourOf(addDays(date, 1), zone) - firstHourOf(date, zone)) / hourMs;

/** Days on which clocks or calendars changed in one of the zones. */
const changes = [
  Date.UTC(2026, 2, 29),
  Date.UTC(2026, 9, 25),
  Date.UTC(2026, 2, 8),
  Date.UTC(2026, 10, 1),
  Date.UTC(2018, 1, 18),
  Date.UTC(2018, 10, 4),
  Date.UTC(2010, 10, 7),
  Date.UTC(2011, 11, 30),
];

const dayMs = 24 * hourMs;
const seed = 20260131;

describe('local days', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28', 24],
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['America/Havana', '2026-11-01', 25],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['America/Sao_Paulo', '2018-02-17', 25],
    ['Asia/Kolkata', '2026-06-01', 24],
    ['Pacific/Apia', '2011-12-30', 0],
  ])('[AN5] %s: %s has %i hours', (zone, date, hours) => {
    expect(hoursOf(date, zone)).toBe(hours);
  });

  it('[AN5] starts days at local midnight, or at the next whole hour after it', () => {
    expect(new Date(firstHourOf('2026-07-01', 'Europe/Berlin')).toISOString()).toBe(
      '2026-06-30T22:00:00.000Z',
    );
    expect(new Date(firstHourOf('2026-07-01', 'Asia/Kolkata')).toISOString()).toBe(
      '2026-06-30T19:00:00.000Z',
    );
  });

  it(`[AN5] puts every hour in exactly one day, the days in order (seed ${seed})`, () => {
    const anyDay = fc.integer({ min: Date.UTC(2005, 0, 1) / dayMs, max: Date.UTC(2030, 0, 1) / dayMs });
    const nearChange = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -3, max: 1 }));
    const day = fc.oneof(
      anyDay,
      nearChange.map(([change, days]) => change / dayMs + days),
    );
    const hours = fc.integer({ min: 1, max: 24 * 6 });
    fc.assert(
      fc.property(day, hours, fc.constantFrom(...zones), (start, length, timeZone) => {
        const range = { from: start * dayMs, to: start * dayMs + length * hourMs, timeZone };
        const moments = Array.from({ length }, (_, index) => range.from + index * hourMs);
        const dates = moments.map((moment) => dateOfHour(moment, timeZone));
        const calendar = createCalendar(range);
        expect(moments.map(calendar.dateOf)).toEqual(dates);
        expect(dates).toEqual(dates.toSorted());
        expect(calendar.dates).toEqual(datesBetween(dates[0] ?? '', dates.at(-1) ?? ''));
      }),
      { seed, numRuns: 100 },
    );
  });

  it('[AN5] walks the calendar over leap days and years', () => {
    expect(datesBetween('2027-12-31', '2028-01-01')).toEqual(['2027-12-31', '2028-01-01']);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(datesBetween('2026-01-02', '2026-01-01')).toEqual([]);
  });

  it('[AN4] rounds to the hour, leaving whole hours alone', () => {
    expect([floorHour(hourMs), ceilHour(hourMs), floorHour(hourMs + 1), ceilHour(hourMs + 1)]).toEqual([
      hourMs,
      hourMs,
      hourMs,
      2 * hourMs,
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { isoTime } from '../ports/clock.ts';
import { sessionAnalyticsQuerySchema } from '../protocol/analytics.ts';
import { rangeOf } from './analytics-range.ts';

const now = Date.UTC(2026, 0, 31, 9, 30);

const range = (from?: string, to?: string, timeZone = 'UTC') => {
  const found = rangeOf({ from, to }, timeZone, now);
  return [isoTime(found.from), isoTime(found.to)];
};

describe('range of the analytics', () => {
  it('[AN4] covers the last 30 local days, today and the hour under way among them', () => {
    expect(range()).toEqual(['2026-01-02T00:00:00.000Z', '2026-01-31T10:00:00.000Z']);
    expect(range(undefined, undefined, 'Pacific/Auckland')).toEqual([
      '2026-01-01T11:00:00.000Z',
      '2026-01-31T10:00:00.000Z',
    ]);
  });

  it('[AN4] includes the hour that begins right now', () => {
    const { to } = rangeOf({}, 'UTC', Date.UTC(2026, 0, 31, 9));
    expect(isoTime(to)).toBe('2026-01-31T10:00:00.000Z');
  });

  it('[AN4] takes dates as whole local days, the last one included', () => {
    expect(range('2026-03-28', '2026-03-29', 'Europe/Berlin')).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('[AN4] widens times to the whole hours that hold them', () => {
    expect(range('2026-01-05T10:20:00Z', '2026-01-05T12:40:00+02:00')).toEqual([
      '2026-01-05T10:00:00.000Z',
      '2026-01-05T11:00:00.000Z',
    ]);
  });

  it('[AN4] counts the default 30 days back from a given end', () => {
    expect(range(undefined, '2025-12-31')).toEqual(['2025-12-02T00:00:00.000Z', '2026-01-01T00:00:00.000Z']);
  });

  it.each([
    ['2026-01-02', '2026-01-01', 'does not come before the end'],
    ['2026-01-05T10:20:00Z', '2026-01-05T10:10:00Z', 'does not come before the end'],
    ['2026-01-05T10:20:00Z', '2026-01-05T10:20:00Z', 'does not come before the end'],
    ['2026-02-01', undefined, 'does not come before the end'],
    ['2025-01-01', '2026-02-05', '400 days at most'],
  ])('[AN4] refuses %s to %s', (from, to, message) => {
    expect(() => range(from, to)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [{ path: 'from', message: expect.stringContaining(message) }],
      }),
    );
  });

  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe'])(
    '[AN4] takes 400 days that start on any day of a year in %s, and not 401',
    (timeZone) => {
      for (let day = 0; day < 365; day += 7) {
        const date = (offset: number) => isoTime(Date.UTC(2024, 0, 1 + day + offset)).slice(0, 10);
        expect(() => range(date(0), date(399), timeZone)).not.toThrow();
        expect(() => range(date(0), date(400), timeZone)).toThrow('too long');
      }
    },
  );

  it.each([
    { from: 'yesterday' },
    { from: '2026-02-30' },
    { from: '2026-01-05T10:20:00' },
    { to: '0001-01-01' },
    { to: '9999-12-31' },
    { timeZone: 'Mars/Olympus' },
    { timeZone: '' },
    { agent: '../x' },
    { groupBy: 'moon' },
    { format: 'xml' },
    { unknown: '1' },
  ])('[HT1] refuses the query %j', (query) => {
    expect(sessionAnalyticsQuerySchema.safeParse(query).success).toBe(false);
  });
});

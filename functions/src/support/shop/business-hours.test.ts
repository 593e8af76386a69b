import { describe, expect, test } from 'vitest';
import { type BusinessHours, openingAt, openingText } from './business-hours.ts';

const weekdays = [1, 2, 3, 4, 5];
const berlin: BusinessHours = {
  timeZone: 'Europe/Berlin',
  hours: weekdays.map((weekday) => ({ weekday, from: '09:00', to: '17:30' })),
  holidays: [],
};
const at = (time: string): number => Date.parse(time);
const opensAt = (hours: BusinessHours, time: string): string | undefined => {
  const opening = openingAt(hours, at(time));
  return opening.open || opening.opensAt === undefined ? undefined : new Date(opening.opensAt).toISOString();
};

describe('business hours', () => {
  test.each([
    ['2026-11-23T07:59:59.999Z', false],
    ['2026-11-23T08:00:00.000Z', true],
    ['2026-11-23T16:29:59.999Z', true],
    ['2026-11-23T16:30:00.000Z', false],
    ['2026-11-22T12:00:00.000Z', false],
  ])('[RO11] opening includes its first minute and excludes its last: %s', (time, open) => {
    expect(openingAt(berlin, at(time)).open).toBe(open);
  });

  test('[RO11] the next opening is later today, tomorrow or after the weekend', () => {
    expect(opensAt(berlin, '2026-11-23T05:00:00.000Z')).toBe('2026-11-23T08:00:00.000Z');
    expect(opensAt(berlin, '2026-11-23T18:00:00.000Z')).toBe('2026-11-24T08:00:00.000Z');
    expect(opensAt(berlin, '2026-11-20T18:00:00.000Z')).toBe('2026-11-23T08:00:00.000Z');
  });

  test('[RO11] a holiday is closed all day and the next opening skips it', () => {
    const hours = { ...berlin, holidays: ['2026-12-25'] };
    expect(openingAt(hours, at('2026-12-25T10:00:00.000Z')).open).toBe(false);
    expect(opensAt(hours, '2026-12-24T20:00:00.000Z')).toBe('2026-12-28T08:00:00.000Z');
  });

  test('[RO11] 24:00 is the end of the day, so seven full days are round the clock', () => {
    const hours: BusinessHours = {
      timeZone: 'America/New_York',
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
      holidays: [],
    };
    for (let hour = 0; hour < 24 * 8; hour += 1) {
      expect(openingAt(hours, at('2026-10-29T00:00:00.000Z') + hour * 3_600_000)).toEqual({ open: true });
    }
  });

  test('[RO11] the same hour on the wall is another moment after the clock has changed', () => {
    expect(opensAt(berlin, '2026-03-27T20:00:00.000Z')).toBe('2026-03-30T07:00:00.000Z');
    expect(opensAt(berlin, '2026-10-23T20:00:00.000Z')).toBe('2026-10-26T08:00:00.000Z');
  });

  test('[RO11] an opening in the skipped hour is at the moment of the jump', () => {
    const night = { ...berlin, hours: [{ weekday: 7, from: '02:30', to: '05:00' }] };
    expect(opensAt(night, '2026-03-29T00:00:00.000Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(openingAt(night, at('2026-03-29T01:00:00.000Z')).open).toBe(true);
  });

  test('[RO11] several stretches of a day leave the time between them closed', () => {
    const lunch = { from: '14:00', to: '18:00', weekday: 1 };
    const split = { ...berlin, hours: [lunch, { weekday: 1, from: '09:00', to: '12:00' }] };
    expect(openingAt(split, at('2026-11-23T10:59:00.000Z')).open).toBe(true);
    expect(opensAt(split, '2026-11-23T11:00:00.000Z')).toBe('2026-11-23T13:00:00.000Z');
    expect(opensAt(split, '2026-11-23T04:00:00.000Z')).toBe('2026-11-23T08:00:00.000Z');
  });

  test('[RO11] a shop without hours never opens, and says no time', () => {
    expect(openingAt({ ...berlin, hours: [] }, at('2026-11-23T10:00:00.000Z'))).toEqual({ open: false });
  });

  test('[RO11] the text tells day and time on the shop’s own clock', () => {
    expect(openingText('Europe/Berlin', at('2026-11-23T08:00:00.000Z'))).toBe(
      'Somebody is there again on Monday, 23 November at 09:00 (Europe/Berlin).',
    );
  });
});

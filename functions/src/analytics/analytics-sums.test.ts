import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SessionFigures, sessionAnalyticsSchema } from '../protocol/analytics.ts';
import { categories, channels, resolutions } from '../protocol/enumerations.ts';
import { admin, end, openHouse } from '../testing/analytics-house.ts';
import { sampleSession } from '../testing/support-session.ts';

const seed = 42;
const counts = ['ended', 'resolved', 'escalated', 'abandoned', 'handedOver', 'rated'] as const;
const changeOfClocks = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 10, 1, 6)];

const anySession = fc
  .record({
    clocks: fc.constantFrom(...changeOfClocks),
    minutes: fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }),
    type: fc.constantFrom(...channels),
    category: fc.constantFrom(...categories),
    agentId: fc.constantFrom('agent-1', 'agent-2', 'agent-3'),
    resolution: fc.constantFrom(...resolutions),
    handovers: fc.integer({ min: 0, max: 2 }),
    satisfaction: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  })
  .map(({ clocks, minutes, satisfaction, ...changes }) =>
    sampleSession({
      ...changes,
      ...(satisfaction !== undefined && { satisfaction }),
      endedAt: new Date(clocks + minutes * 60_000).toISOString(),
    }),
  );

const sumOf = (rows: readonly SessionFigures[] | undefined, name: (typeof counts)[number]): number =>
  (rows ?? []).reduce((sum, row) => sum + row[name], 0);

describe('session analytics of any sessions', () => {
  it(`[AN3] sums of each breakdown are the totals, and totals are the sessions of the range (seed ${seed})`, async () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Havana',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anySession, { maxLength: 60 }), zone, async (sessions, timeZone) => {
        const own = await openHouse({ pageSize: 7, maximumPages: 100 });
        await end(own, sessions);
        const range = { from: '2026-03-29T00:00:00Z', to: '2026-10-25T03:00:00Z', timeZone };
        const answer = await own.analytics.sessions(admin, range);
        await own.store.close();
        const within = sessions.filter(({ endedAt = '' }) => endedAt >= range.from && endedAt < range.to);
        expect(answer.totals.ended).toBe(within.length);
        for (const rows of Object.values(answer.breakdowns)) {
          for (const name of counts) expect(sumOf(rows, name)).toBe(answer.totals[name]);
        }
        expect(() => sessionAnalyticsSchema.parse(answer)).not.toThrow();
      }),
      { seed, numRuns: 40 },
    );
  });

  it(`[AN5] days asked for one by one add up to the range, with 23 and 25 hours too (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySession, { maxLength: 40 }), async (sessions) => {
        const own = await openHouse();
        await end(own, sessions);
        const question = { timeZone: 'Europe/Berlin', groupBy: 'day' } as const;
        for (const [from, to] of [
          ['2026-03-28', '2026-03-30'],
          ['2026-10-24', '2026-10-26'],
        ] as const) {
          const { breakdowns, totals } = await own.analytics.sessions(admin, { ...question, from, to });
          expect(breakdowns.day).toHaveLength(3);
          for (const day of breakdowns.day ?? []) {
            const alone = await own.analytics.sessions(admin, { ...question, from: day.key, to: day.key });
            expect(alone.breakdowns.day).toEqual([day]);
          }
          expect(sumOf(breakdowns.day, 'ended')).toBe(totals.ended);
        }
        await own.store.close();
      }),
      { seed, numRuns: 20 },
    );
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../engines/memory/memory-cache.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { Cache } from '../ports/cache.ts';
import type { Identity } from '../ports/identity.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { SupportSession } from '../ports/records.ts';
import { type SessionFigures, sessionAnalyticsSchema } from '../protocol/analytics.ts';
import { categories, channels, type Role, resolutions } from '../protocol/enumerations.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { sampleSession } from '../testing/support-session.ts';
import { type Analytics, analyticsScope, createAnalytics } from './analytics-service.ts';
import type { ReadingLimits } from './rollup-reader.ts';
import { rollupWriter } from './rollup-writer.ts';

const identity = (role: Role, uid: string): Identity => ({
  uid,
  role,
  name: uid,
  email: `${uid}@shop.example`,
});
const admin = identity('admin', 'admin-1');
const agent = identity('agent', 'agent-1');

interface House {
  store: RecordStore;
  cache: Cache;
  clock: ManualClock;
  analytics: Analytics;
}

const openHouse = async (limits?: ReadingLimits): Promise<House> => {
  const clock = createManualClock();
  const store = await openSqliteStore({ file: ':memory:' });
  const cache = createMemoryCache({ clock });
  return {
    store,
    cache,
    clock,
    analytics: createAnalytics({ store, cache, clock, ...(limits && { limits }) }),
  };
};

const end = ({ store }: House, sessions: readonly SupportSession[]): Promise<void> =>
  store.write((writer) => {
    for (const session of sessions) {
      rollupWriter.ending(writer, { session, decision: undefined });
      if (session.satisfaction !== undefined) {
        rollupWriter.rated(writer, { session, satisfaction: session.satisfaction, decision: undefined });
      }
    }
  });

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(() => house.store.close());

describe('session analytics', () => {
  it('[AN2] gives every figure over the sessions that ended', async () => {
    const { agentId: _a, assignedAt: _b, openedAt: _c, duration: _d, ...left } = sampleSession();
    await end(house, [
      sampleSession({ satisfaction: 5 }),
      sampleSession({ resolution: 'escalated', handovers: 1, duration: 500, satisfaction: 2 }),
      sampleSession({ assignedAt: '2026-01-31T09:01:00.000Z', openedAt: '2026-01-31T09:03:00.000Z' }),
      { ...left, resolution: 'abandoned' },
    ]);
    expect((await house.analytics.sessions(admin, {})).totals).toEqual({
      ended: 4,
      resolved: 2,
      escalated: 1,
      abandoned: 1,
      handedOver: 1,
      rated: 2,
      resolutionRate: 0.5,
      abandonmentRate: 0.25,
      handoverRate: 0.25,
      ratingResponseRate: 0.5,
      averageWaitSeconds: 220,
      averageFirstResponseSeconds: 300,
      averageDurationSeconds: 1_166.6667,
      satisfactionMean: 3.5,
    });
  });

  it('[AN2] gives null, not zero or NaN, where there is nothing to divide by', async () => {
    const { totals, breakdowns } = await house.analytics.sessions(admin, {});
    expect(totals).toMatchObject({
      ended: 0,
      resolutionRate: null,
      averageWaitSeconds: null,
      satisfactionMean: null,
    });
    expect(breakdowns.channel?.map(({ key }) => key)).toEqual(channels);
    expect(breakdowns.category?.map(({ key }) => key)).toEqual(categories);
    expect(breakdowns.agent).toEqual([]);
    expect(breakdowns.day).toHaveLength(30);
  });

  it('[AN3] names agents and those that nobody had, the busiest first', async () => {
    const { agentId: _, ...unassigned } = sampleSession();
    await end(house, [
      unassigned,
      sampleSession({ agentId: 'agent-2' }),
      sampleSession({ agentId: 'agent-2' }),
    ]);
    await house.store.write((writer) =>
      writer.put('agents', {
        id: 'agent-2',
        name: 'Second desk',
        skills: [],
        languages: ['en'],
        capacity: { 'ai-chatbot': 0, 'live-chat': 3, 'co-browse': 1, 'video-call': 1 },
        open: { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 0, 'video-call': 0 },
        status: 'online',
        ratingSum: 0,
        ratingCount: 0,
        idleSince: '2026-01-01T00:00:00.000Z',
      }),
    );
    const { breakdowns } = await house.analytics.sessions(admin, { groupBy: 'agent' });
    expect(Object.keys(breakdowns)).toEqual(['agent']);
    expect(breakdowns.agent).toMatchObject([
      { key: 'agent-2', name: 'Second desk', ended: 2 },
      { key: null, name: null, ended: 1 },
    ]);
  });

  it('[AN1] shows an agent only what ended with that agent', async () => {
    await end(house, [sampleSession(), sampleSession({ agentId: 'agent-2', satisfaction: 1 })]);
    const own = await house.analytics.sessions(agent, {});
    expect(own).toMatchObject({ agent: 'agent-1', totals: { ended: 1, rated: 0 } });
    expect(own.breakdowns.agent?.map(({ key }) => key)).toEqual(['agent-1']);
    expect(await house.analytics.sessions(agent, { agent: 'agent-1' })).toEqual(own);
    expect(await house.analytics.sessions(admin, { agent: 'agent-2' })).toMatchObject({
      totals: { ended: 1, rated: 1 },
    });
    await expect(house.analytics.sessions(agent, { agent: 'agent-2' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('[AN5] takes days in the shop’s time zone unless another is named', async () => {
    await house.store.write((writer) =>
      writer.put('settings', {
        id: 'shop',
        name: 'Shop',
        timeZone: 'Pacific/Auckland',
        hours: [],
        holidays: [],
        awayText: '',
        channels: ['live-chat'],
        revision: 1,
      }),
    );
    await end(house, [
      sampleSession({ endedAt: '2026-01-30T10:59:59.999Z' }),
      sampleSession({ endedAt: '2026-01-30T11:00:00.000Z' }),
    ]);
    const days = async (timeZone?: string) => {
      const { breakdowns } = await house.analytics.sessions(admin, { groupBy: 'day', timeZone });
      return breakdowns.day?.filter(({ ended }) => ended > 0).map(({ key, ended }) => [key, ended]);
    };
    expect(await days()).toEqual([
      ['2026-01-30', 1],
      ['2026-01-31', 1],
    ]);
    expect(await days('UTC')).toEqual([['2026-01-30', 2]]);
  });

  it('[AN6] counts what waits and what is under way now', async () => {
    const open = (id: string, changes: Partial<SupportSession>) =>
      sampleSession({ id, status: 'active', ...changes });
    await house.store.write((writer) => {
      const { agentId: _, ...waiting } = open('s-1', { status: 'queued' });
      writer.put('supportSessions', waiting);
      writer.put('supportSessions', open('s-2', {}));
      writer.put('supportSessions', open('s-3', { agentId: 'agent-2' }));
      writer.put('supportSessions', open('s-4', { status: 'completed' }));
    });
    expect((await house.analytics.sessions(admin, {})).live).toEqual({ queued: 1, active: 2, capped: false });
    expect((await house.analytics.sessions(agent, {})).live).toEqual({ queued: 1, active: 1, capped: false });
  });

  it('[AN6] stops counting at 1,000 and says so', async () => {
    await house.store.write((writer) => {
      for (let number = 0; number < 1_001; number += 1) {
        writer.put('supportSessions', sampleSession({ id: `s-${number}`, status: 'queued' }));
      }
    });
    expect((await house.analytics.sessions(admin, {})).live).toEqual({
      queued: 1_000,
      active: 0,
      capped: true,
    });
  });

  it('[AN7] computes once in five minutes, and again when an ending invalidates', async () => {
    await end(house, [sampleSession()]);
    const ended = async () => (await house.analytics.sessions(admin, { to: '2026-01-31' })).totals.ended;
    expect(await ended()).toBe(1);
    await end(house, [sampleSession()]);
    house.clock.advance(299_000);
    expect(await ended()).toBe(1);
    await house.cache.invalidate([analyticsScope]);
    expect(await ended()).toBe(2);
    await end(house, [sampleSession()]);
    house.clock.advance(300_000);
    expect(await ended()).toBe(3);
  });

  it('[AN7] keeps readers and ranges apart in the cache', async () => {
    await end(house, [
      sampleSession(),
      sampleSession({ agentId: 'agent-2', endedAt: '2026-01-01T10:00:00.000Z' }),
    ]);
    const ended = async (...question: Parameters<Analytics['sessions']>) =>
      (await house.analytics.sessions(...question)).totals.ended;
    expect(await ended(admin, { from: '2026-01-01' })).toBe(2);
    expect(await ended(agent, { from: '2026-01-01' })).toBe(1);
    expect(await ended(admin, { from: '2026-01-02' })).toBe(1);
    expect(await ended(identity('agent', 'agent-2'), { from: '2026-01-02' })).toBe(0);
  });

  it('[AN4] reads page by page, and refuses more than one answer may read', async () => {
    const small = await openHouse({ pageSize: 3, maximumPages: 4 });
    const sessions = (count: number) =>
      Array.from({ length: count }, (_, index) => sampleSession({ agentId: `agent-${index}` }));
    await end(small, sessions(12));
    expect((await small.analytics.sessions(admin, {})).totals.ended).toBe(12);
    await end(small, sessions(13));
    await small.cache.invalidate([analyticsScope]);
    await expect(small.analytics.sessions(admin, {})).rejects.toMatchObject({ code: 'validation_failed' });
    expect((await small.analytics.sessions(admin, { agent: 'agent-5' })).totals.ended).toBe(2);
    await small.store.close();
  });
});

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

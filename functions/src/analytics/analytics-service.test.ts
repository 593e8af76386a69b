import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordStore } from '../ports/record-store.ts';
import type { SupportSession } from '../ports/records.ts';
import { categories, channels } from '../protocol/enumerations.ts';
import { admin, agent, end, type House, openHouse } from '../testing/analytics-house.ts';
import { person } from '../testing/person.ts';
import { sampleAgent } from '../testing/support-agent.ts';
import { sampleSession } from '../testing/support-session.ts';
import { type Analytics, analyticsScope, createAnalytics } from './analytics-service.ts';

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
      writer.put('agents', sampleAgent({ id: 'agent-2', name: 'Second desk' })),
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
      const places = { 'ai-chatbot': 0, 'live-chat': 1, 'co-browse': 0, 'video-call': 0 };
      writer.put('agents', sampleAgent({ id: 'agent-1', open: places }));
    });
    expect((await house.analytics.sessions(admin, {})).live).toEqual({ queued: 1, active: 2, capped: false });
    expect((await house.analytics.sessions(agent, {})).live).toEqual({ queued: 1, active: 1, capped: false });
  });

  it('[AN6] reads the sessions once for every dashboard, whoever looks', async () => {
    let lists = 0;
    const store: RecordStore = {
      get: (collection, id) => house.store.get(collection, id),
      write: (work) => house.store.write(work),
      transaction: (work) => house.store.transaction(work),
      healthy: () => house.store.healthy(),
      close: () => house.store.close(),
      list: (collection, query) => {
        lists += collection === 'supportSessions' ? 1 : 0;
        return house.store.list(collection, query);
      },
    };
    const analytics = createAnalytics({ ...house, store });
    for (const uid of ['agent-1', 'agent-2', 'agent-3']) await analytics.sessions(person('agent', uid), {});
    expect(lists).toBe(1);
    await analytics.sessions(admin, {});
    await analytics.sessions(admin, { agent: 'agent-2' });
    expect(lists).toBe(2);
    house.clock.advance(2_000);
    await analytics.sessions(admin, {});
    expect(lists).toBe(4);
  });

  it.each(['queued', 'active'] as const)(
    '[AN6] stops counting %s ones at 1,000 and says so',
    async (status) => {
      await house.store.write((writer) => {
        for (let number = 0; number < 1_001; number += 1) {
          writer.put('supportSessions', sampleSession({ id: `s-${number}`, status }));
        }
      });
      const { live } = await house.analytics.sessions(admin, {});
      expect(live).toEqual({ queued: 0, active: 0, capped: true, [status]: 1_000 });
    },
  );

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
    expect(await ended(person('agent', 'agent-2'), { from: '2026-01-02' })).toBe(0);
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

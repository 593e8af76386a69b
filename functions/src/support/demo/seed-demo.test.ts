import { describe, expect, it } from 'vitest';
import { createAnalytics } from '../../analytics/analytics-service.ts';
import { createLocalAccounts } from '../../engines/local-accounts/local-accounts.ts';
import { createMemoryCache } from '../../engines/memory/memory-cache.ts';
import type { SupportSession } from '../../ports/records.ts';
import { openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { demoIssues, demoSessionIssue } from './demo-issues.ts';
import { demoSessionId, seedDemo } from './seed-demo.ts';

const seed = async (desk: SessionDesk): Promise<SupportSession[]> => {
  const { store, clock, shop } = desk;
  for (const issue of [...demoIssues, demoSessionIssue]) desk.tell(issue);
  const accounts = createLocalAccounts({
    store,
    clock,
    signingKey: new Uint8Array(32),
    tokenTtlMs: 60_000,
    passwordCost: { N: 2 ** 4, r: 8, p: 1 },
  });
  const earlier = {
    travelTo: () => undefined,
    consider: desk.decisions.consider,
    subscribers: [createAnalytics({ store, clock, cache: createMemoryCache({ clock }) }).subscriber],
  };
  await seedDemo({ store, accounts, shop, earlier, now: clock.now() });
  const order = { orderBy: 'startTime', direction: 'ascending', limit: 2_000 } as const;
  return (await store.list('supportSessions', order)).items;
};

describe('the demo shop', () => {
  it('[EN2] every one of the last ninety days has sessions, and every figure has something to show', async () => {
    const desk = await openSessionDesk();
    const sessions = await seed(desk);
    const dayMs = 86_400_000;
    const days = new Set(
      sessions.map(({ startTime }) => Math.floor((desk.clock.now() - Date.parse(startTime)) / dayMs)),
    );
    for (let day = 0; day <= 90; day += 1) expect(days).toContain(day);
    for (const resolution of ['resolved', 'escalated', 'abandoned']) {
      expect(sessions.filter((session) => session.resolution === resolution).length).toBeGreaterThan(5);
    }
    expect(new Set(sessions.map(({ type }) => type)).size).toBe(4);
    expect(new Set(sessions.map(({ satisfaction }) => satisfaction)).size).toBe(6);
    for (const session of sessions) {
      const { startTime, assignedAt = startTime, endedAt = assignedAt } = session;
      expect(startTime <= assignedAt && assignedAt <= endedAt).toBe(true);
      expect(Date.parse(endedAt)).toBeLessThanOrEqual(desk.clock.now());
    }
  });

  it('[RO7] the session that goes on takes a place of its agent, and ratings count for who got them', async () => {
    const desk = await openSessionDesk();
    const sessions = await seed(desk);
    const active = sessions.filter(({ status }) => status === 'active');
    expect(active.map(({ id }) => id)).toEqual([demoSessionId]);
    for (const agent of await desk.agents.team()) {
      const mine = sessions.filter(({ agentId }) => agentId === agent.id);
      expect(agent.ratingCount).toBe(mine.filter(({ satisfaction }) => satisfaction).length);
      const carried = mine.filter(({ status }) => status === 'active').length;
      expect(Object.values(agent.open).reduce((sum, open) => sum + open, 0)).toBe(carried);
    }
  });

  it('[RO11] the demo shop is open round the clock, as seen at once', async () => {
    const desk = await openSessionDesk();
    await desk.shop.settings();
    await seed(desk);
    expect(await desk.decisions.closedNotice(Date.UTC(2026, 0, 4, 3))).toBeUndefined();
  });
});

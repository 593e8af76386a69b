import { describe, expect, it } from 'vitest';
import type { Agent } from '../../ports/records.ts';
import { openSessionDesk } from '../../testing/session-desk.ts';
import { relaxAfterMs } from '../matching/eligibility.ts';

/** Online, but with a language that the queue will not give the session for. */
const spanish: Partial<Agent> = { languages: ['es'] };

describe('claiming a session', () => {
  it('[RO7] an eligible agent takes a waiting session and is looking at it already', async () => {
    const desk = await openSessionDesk();
    const { id } = await desk.open(await desk.customer('buyer'));
    const agent = await desk.agent('agent');
    const session = await desk.sessions.claim(agent, id);
    const at = new Date(desk.clock.now()).toISOString();
    expect(session).toMatchObject({ status: 'active', agentId: 'agent', assignedAt: at, openedAt: at });
    expect(await desk.store.get('agents', 'agent')).toMatchObject({
      open: { 'live-chat': 1 },
      idleSince: at,
    });
    expect((await desk.log(id)).at(-1)).toMatchObject({ kind: 'assigned', authorId: 'agent' });
  });

  it('[RO7] of twenty agents who claim one session at once exactly one gets it', async () => {
    const desk = await openSessionDesk();
    const { id } = await desk.open(await desk.customer('buyer'));
    const names = Array.from({ length: 20 }, (_, index) => `agent-${index}`);
    const agents = await Promise.all(names.map((name) => desk.agent(name)));
    const claims = await Promise.allSettled(agents.map((agent) => desk.sessions.claim(agent, id)));
    const lost = claims.filter((claim) => claim.status === 'rejected');
    expect(lost).toHaveLength(19);
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'session_not_queued' });
    const open = (await desk.agents.team()).reduce((sum, agent) => sum + agent.open['live-chat'], 0);
    expect(open).toBe(1);
  });

  it('[RO7] one agent who claims many at once never has more than the places', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const opened = await Promise.all(Array.from({ length: 8 }, () => desk.open(buyer)));
    const agent = await desk.agent('agent');
    const claims = await Promise.allSettled(opened.map(({ id }) => desk.sessions.claim(agent, id)));
    expect(claims.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(3);
    await desk.sessions.queue.run();
    expect((await desk.store.get('agents', 'agent'))?.open['live-chat']).toBe(3);
  });

  it('[RO6] gates hold for claims too, until they relax', async () => {
    const desk = await openSessionDesk();
    await desk.agent('german', { languages: ['de'], status: 'offline' });
    const agent = await desk.agent('agent', spanish);
    const { id } = await desk.open(await desk.customer('buyer'), {}, { language: 'de' });
    await expect(desk.sessions.claim(agent, id)).rejects.toMatchObject({ code: 'agent_not_eligible' });
    expect((await desk.settled(id)).status).toBe('queued');
    desk.clock.advance(relaxAfterMs);
    expect(await desk.sessions.claim(agent, id)).toMatchObject({ agentId: 'agent' });
  });

  it('[RO6] who is away, full or no agent at all may not claim', async () => {
    const desk = await openSessionDesk();
    const { id } = await desk.open(await desk.customer('buyer'));
    const away = await desk.agent('away', { status: 'away' });
    const places = { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 1, 'video-call': 1 };
    const full = await desk.agent('full', { capacity: places });
    const stranger = { ...away, uid: 'stranger' };
    await expect(desk.sessions.claim(away, id)).rejects.toMatchObject({ code: 'agent_not_eligible' });
    await expect(desk.sessions.claim(full, id)).rejects.toMatchObject({ code: 'agent_at_capacity' });
    await expect(desk.sessions.claim(stranger, id)).rejects.toMatchObject({ code: 'agent_not_eligible' });
    await expect(desk.sessions.claim(away, 'unknown')).rejects.toMatchObject({ code: 'not_found' });
  });
});

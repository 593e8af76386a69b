import { describe, expect, it } from 'vitest';
import { openSessionDesk } from '../../testing/session-desk.ts';

describe('agents', () => {
  it('[RO5] a change leaves everything else as it was', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent', { ratingSum: 9, ratingCount: 2 });
    const before = await desk.store.get('agents', 'agent');
    const skills = [{ name: 'colours', level: 3 }];
    const after = await desk.agents.update('agent', { skills, languages: ['de'], capacity: undefined });
    expect(after).toEqual({ ...before, skills, languages: ['de'] });
    expect(await desk.store.get('agents', 'agent')).toEqual(after);
    await expect(desk.agents.update('unknown', { skills })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('[RO5] who comes online begins to be idle then; who stays online goes on being idle', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent', { status: 'away' });
    desk.clock.advance(60_000);
    const idleSince = new Date(desk.clock.now()).toISOString();
    expect(await desk.agents.update('agent', { status: 'online' })).toMatchObject({ idleSince });
    desk.clock.advance(60_000);
    expect(await desk.agents.update('agent', { status: 'online' })).toMatchObject({ idleSince });
  });

  it('[RO7] coming online makes the queue move', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent', { status: 'away' });
    const { id } = await desk.open(await desk.customer('buyer'));
    expect((await desk.settled(id)).status).toBe('queued');
    await desk.agents.update('agent', { status: 'online' });
    await expect.poll(async () => (await desk.store.get('supportSessions', id))?.status).toBe('active');
  });

  it('[RO7] a change of an agent does not lose an assignment that happens meanwhile', async () => {
    const desk = await openSessionDesk();
    const agent = await desk.agent('agent', { languages: ['es'] });
    await desk.agent('german', { status: 'offline' });
    const { id } = await desk.open(await desk.customer('buyer'));
    await Promise.all([
      desk.agents.update('agent', { languages: ['en'] }),
      desk.sessions.claim(agent, id).catch(() => undefined),
      desk.agents.update('agent', { skills: [{ name: 'colours', level: 1 }] }),
    ]);
    const { agentId } = await desk.settled(id);
    expect(agentId).toBe('agent');
    expect(await desk.store.get('agents', 'agent')).toMatchObject({
      languages: ['en'],
      skills: [{ name: 'colours', level: 1 }],
      open: { 'live-chat': 1 },
    });
  });

  it('[RE3] the list goes by name, page after page, and ensure makes nobody twice', async () => {
    const desk = await openSessionDesk();
    for (const name of ['c', 'a', 'b']) await desk.agent(name);
    await desk.agents.ensure('a', 'somebody else');
    const first = await desk.agents.list({ limit: 2 });
    const { nextCursor: cursor } = first;
    const rest = await desk.agents.list({ limit: 2, cursor });
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(rest).not.toHaveProperty('nextCursor');
  });
});

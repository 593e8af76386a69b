import { describe, expect, it } from 'vitest';
import { admin, openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { strongerChannel } from './hand-over.ts';

const activeSession = async (desk: SessionDesk) => {
  const buyer = await desk.customer('buyer');
  const agent = await desk.agent('agent');
  const { id } = await desk.open(buyer, {}, { urgency: 'medium' });
  await desk.settled(id);
  await desk.sessions.reader.get(agent, id);
  return { buyer, agent, id };
};

const openOf = async (desk: SessionDesk, uid: string) => (await desk.store.get('agents', uid))?.open;
const kinds = async (desk: SessionDesk, id: string) => (await desk.log(id)).map(({ kind }) => kind);

describe('transferring a session', () => {
  it('[RE5] to an agent: the place moves with it and the colleague has yet to open it', async () => {
    const desk = await openSessionDesk();
    const { agent, id } = await activeSession(desk);
    await desk.agent('colleague');
    const note = 'knows this customer';
    const session = await desk.sessions.handOver.transfer(agent, id, { agentId: 'colleague', note });
    expect(session).toMatchObject({
      status: 'active',
      agentId: 'colleague',
      handovers: 1,
      audience: ['buyer', 'colleague'],
    });
    expect(session).not.toHaveProperty('openedAt');
    expect((await openOf(desk, 'agent'))?.['live-chat']).toBe(0);
    expect((await openOf(desk, 'colleague'))?.['live-chat']).toBe(1);
    const [handed, assigned] = (await desk.log(id)).slice(-2);
    expect(handed).toMatchObject({ kind: 'transferred', visibility: 'staff', data: { note } });
    expect(assigned).toMatchObject({ kind: 'assigned', visibility: 'public', authorId: 'agent' });
    expect(JSON.stringify(assigned)).not.toContain(note);
  });

  it('[RO7] to an agent who is away or full: refused, and everything stays as it was', async () => {
    const desk = await openSessionDesk();
    const { agent, id } = await activeSession(desk);
    await desk.agent('away', { status: 'away' });
    const none = { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 0, 'video-call': 0 };
    await desk.agent('full', { capacity: none });
    const before = await desk.store.get('supportSessions', id);
    const transfer = (agentId: string) => desk.sessions.handOver.transfer(agent, id, { agentId });
    await expect(transfer('away')).rejects.toMatchObject({ code: 'agent_not_eligible' });
    await expect(transfer('full')).rejects.toMatchObject({ code: 'agent_at_capacity' });
    await expect(transfer('unknown')).rejects.toMatchObject({ code: 'not_found' });
    await expect(transfer('agent')).rejects.toMatchObject({ code: 'validation_failed' });
    expect(await desk.store.get('supportSessions', id)).toEqual(before);
    expect((await openOf(desk, 'agent'))?.['live-chat']).toBe(1);
  });

  it('[RO6] to a skill: it waits anew, and who has the skill gets it before who has not', async () => {
    const desk = await openSessionDesk();
    await desk.shop.updateSkills([{ name: 'colours', keywords: [], categories: [], required: false }]);
    const { agent, id } = await activeSession(desk);
    desk.clock.advance(30 * 60_000);
    await desk.agent('generalist');
    await desk.agent('specialist', { skills: [{ name: 'colours', level: 5 }], status: 'away' });
    const queued = await desk.sessions.handOver.transfer(agent, id, { skill: 'colours' });
    expect(queued).toMatchObject({
      status: 'queued',
      requiredSkills: ['colours'],
      declinedBy: ['agent'],
      queuedAt: new Date(desk.clock.now()).toISOString(),
    });
    expect(queued).not.toHaveProperty('agentId');
    expect(await desk.settled(id)).toMatchObject({ status: 'queued' });
    await desk.agents.update('specialist', { status: 'online' });
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'specialist' });
  });

  it('[RE5] to a channel: the place on the old channel is free, and one on the new is taken', async () => {
    const desk = await openSessionDesk();
    const { agent, id } = await activeSession(desk);
    await desk.sessions.handOver.transfer(agent, id, { channel: 'video-call' });
    expect(await desk.settled(id)).toMatchObject({ type: 'video-call', agentId: 'agent', handovers: 1 });
    expect(await openOf(desk, 'agent')).toMatchObject({ 'live-chat': 0, 'video-call': 1 });
  });

  it('[HT1] a skill nobody has heard of and a channel without people are named as wrong', async () => {
    const desk = await openSessionDesk();
    const { agent, id } = await activeSession(desk);
    const transfer = (target: { skill: string } | { channel: 'ai-chatbot' }) =>
      desk.sessions.handOver.transfer(agent, id, target);
    await expect(transfer({ skill: 'colour' })).rejects.toMatchObject({ errors: [{ path: 'skill' }] });
    await expect(transfer({ channel: 'ai-chatbot' })).rejects.toMatchObject({
      errors: [{ path: 'channel' }],
    });
  });

  it('[HT3] only who handles it, or an administrator, hands it on; the audit knows who did', async () => {
    const desk = await openSessionDesk();
    const { buyer, id } = await activeSession(desk);
    const colleague = await desk.agent('colleague');
    const target = { channel: 'co-browse' } as const;
    await expect(desk.sessions.handOver.transfer(colleague, id, target)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(desk.sessions.handOver.transfer(buyer, id, target)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await desk.sessions.handOver.transfer(admin, id, target);
    const audit = await desk.store.list('audit', { orderBy: 'at', direction: 'descending', limit: 5 });
    expect(audit.items).toMatchObject([
      { actorId: 'admin-1', action: 'session:transfer', subjectId: id, data: { from: 'agent', ...target } },
    ]);
  });

  it('[RO7] an administrator who gives away a waiting session does not cost the customer the place', async () => {
    const desk = await openSessionDesk();
    const { id, queuedAt } = await desk.open(await desk.customer('buyer'));
    desk.clock.advance(60_000);
    const session = await desk.sessions.handOver.transfer(admin, id, { channel: 'co-browse' });
    expect(session).toMatchObject({ status: 'queued', queuedAt });
  });
});

describe('escalating a session', () => {
  it('[RE5] it waits again, more urgent, on the next stronger channel that is offered', async () => {
    const desk = await openSessionDesk();
    const { id: _, ...settings } = await desk.shop.settings();
    await desk.shop.updateSettings({ ...settings, channels: ['live-chat', 'video-call'] });
    const { agent, id } = await activeSession(desk);
    desk.clock.advance(10 * 60_000);
    const session = await desk.sessions.handOver.escalate(agent, id, 'too hard for me');
    expect(session).toMatchObject({
      status: 'queued',
      type: 'video-call',
      urgency: 'high',
      handovers: 1,
      queuedAt: new Date(desk.clock.now()).toISOString(),
    });
    expect(await openOf(desk, 'agent')).toMatchObject({ 'live-chat': 0, 'video-call': 0 });
    expect((await kinds(desk, id)).at(-1)).toBe('escalated');
  });

  it('[RE5] an escalated session goes to a colleague before it goes back', async () => {
    const desk = await openSessionDesk();
    const { agent, id } = await activeSession(desk);
    await desk.agent('colleague', { skills: [], ratingSum: 1, ratingCount: 1 });
    await desk.sessions.handOver.escalate(agent, id, undefined);
    expect(await desk.settled(id)).toMatchObject({ agentId: 'colleague', type: 'co-browse' });
  });

  it('[RE5] the strongest channel stays, and critical stays critical', async () => {
    expect(strongerChannel('video-call', ['live-chat', 'video-call'])).toBe('video-call');
    const desk = await openSessionDesk();
    const { agent, id } = await activeSession(desk);
    for (let times = 0; times < 5; times += 1) await desk.sessions.handOver.escalate(admin, id, undefined);
    const session = await desk.store.get('supportSessions', id);
    expect(session).toMatchObject({ type: 'video-call', urgency: 'critical', handovers: 5 });
    await expect(desk.sessions.handOver.escalate(agent, id, undefined)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

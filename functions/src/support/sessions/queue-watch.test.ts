import { describe, expect, it } from 'vitest';
import { admin, openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { relaxAfterMs } from '../matching/eligibility.ts';
import { levelAfterMs } from './queue-order.ts';
import { openWithinMs } from './return-unopened.ts';

const places = (chats: number) => ({
  'ai-chatbot': 0,
  'live-chat': chats,
  'co-browse': 1,
  'video-call': 1,
});

const openFor = async (desk: SessionDesk, uid: string, urgency: 'low' | 'medium' | 'high' = 'medium') =>
  (await desk.open(await desk.customer(uid), { urgency })).id;

const statusOf = async (desk: SessionDesk, id: string) =>
  (await desk.store.get('supportSessions', id))?.status;

describe('the queue', () => {
  it('[RO7] a session is matched as soon as there is a place, and staff read every term of the score', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent');
    const { id } = await desk.open(await desk.customer('buyer'));
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'agent' });
    const [matched, assigned] = (await desk.log(id)).slice(-2);
    expect(matched).toMatchObject({
      kind: 'matched',
      visibility: 'staff',
      data: { agentId: 'agent', score: { loadBalance: 1, satisfaction: 0.5, preferred: 0.5 } },
    });
    expect(assigned).toMatchObject({ kind: 'assigned', authorId: 'system', visibility: 'public' });
    expect(assigned?.data).toEqual({ agentId: 'agent', agentName: 'agent' });
  });

  it('[RO7] a freed place goes to the most urgent, then to who has waited longest', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent', { capacity: places(1) });
    const first = await openFor(desk, 'first');
    await desk.settled(first);
    const order: string[] = [];
    for (const urgency of ['low', 'medium', 'high', 'medium'] as const) {
      desk.clock.advance(1_000);
      order.push(await openFor(desk, `${urgency}-${order.length}`, urgency));
    }
    const [low, medium, high, laterMedium] = order;
    let current = first;
    for (const next of [high, medium, laterMedium, low]) {
      await desk.sessions.update(admin, current, { status: 'completed' });
      expect((await desk.settled(next ?? '')).status).toBe('active');
      current = next ?? '';
    }
  });

  it('[RO7] urgency ages, so that nobody waits for ever', async () => {
    const desk = await openSessionDesk();
    const patient = await openFor(desk, 'patient', 'low');
    desk.clock.advance(3 * levelAfterMs);
    const pressing = await openFor(desk, 'pressing', 'high');
    await desk.agent('agent', { capacity: places(1) });
    await desk.sessions.queue.run();
    expect(await statusOf(desk, patient)).toBe('active');
    expect(await statusOf(desk, pressing)).toBe('queued');
  });

  it('[RO6] an assignment that is not opened in two minutes returns to its old place in front', async () => {
    const desk = await openSessionDesk();
    const agent = await desk.agent('agent', { capacity: places(1) });
    const first = await openFor(desk, 'first');
    await desk.settled(first);
    const second = await openFor(desk, 'second');
    desk.clock.advance(openWithinMs - 1);
    expect(await desk.settled(first)).toMatchObject({ status: 'active' });
    desk.clock.advance(60_000);
    await desk.agents.update('agent', { status: 'away' });
    const session = await desk.settled(first);
    expect(session).toMatchObject({ status: 'queued', declinedBy: ['agent'], handovers: 0 });
    expect(session).not.toHaveProperty('agentId');
    expect(session.audience).toEqual(['first', 'queue']);
    expect(desk.sessions.queue.positionOf(first)).toBe(1);
    expect(desk.sessions.queue.positionOf(second)).toBe(2);
    expect((await desk.store.get('agents', 'agent'))?.open['live-chat']).toBe(0);
    expect((await desk.log(first)).at(-1)).toMatchObject({
      kind: 'requeued',
      visibility: 'staff',
      data: { agentId: 'agent', reason: 'not opened in time' },
    });
    await expect(desk.sessions.reader.get(agent, first)).resolves.toMatchObject({ status: 'queued' });
  });

  it('[RO6] an assignment that was opened stays', async () => {
    const desk = await openSessionDesk();
    const agent = await desk.agent('agent');
    const id = await openFor(desk, 'buyer');
    await desk.settled(id);
    await desk.sessions.reader.get(agent, id);
    desk.clock.advance(10 * openWithinMs);
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'agent' });
  });

  it('[RO6] who let a session fall back is asked after everybody else, but is asked', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent');
    const id = await openFor(desk, 'buyer');
    await desk.settled(id);
    await desk.agent('colleague', { ratingSum: 5, ratingCount: 5 });
    desk.clock.advance(openWithinMs);
    expect(await desk.settled(id)).toMatchObject({ agentId: 'colleague', declinedBy: ['agent'] });
    desk.clock.advance(openWithinMs);
    const { agentId, declinedBy } = await desk.settled(id);
    expect([agentId, declinedBy.sort()]).toEqual(['agent', ['agent', 'colleague']]);
  });

  it('[RO6] who lets the same session go by twice is away, and it waits until somebody looks', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent');
    const id = await openFor(desk, 'buyer');
    await desk.settled(id);
    const letItGoBy = () => {
      desk.clock.advance(openWithinMs);
      desk.attendance.heard('agent');
    };
    letItGoBy();
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'agent' });
    expect(await desk.store.get('agents', 'agent')).toMatchObject({ status: 'online' });
    letItGoBy();
    expect(await desk.settled(id)).toMatchObject({ status: 'queued' });
    expect(await desk.store.get('agents', 'agent')).toMatchObject({
      status: 'away',
      open: { 'live-chat': 0 },
    });
    const log = await desk.log(id);
    expect(log.at(-1)).toMatchObject({ kind: 'requeued', visibility: 'staff', data: { setAway: true } });
    letItGoBy();
    expect(await desk.settled(id)).toMatchObject({ status: 'queued' });
    expect(await desk.log(id)).toHaveLength(log.length);
    await desk.agents.update('agent', { status: 'online' });
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'agent' });
  });

  it('[RO6] of whom nothing was heard is set away by nothing: nobody may be playing an agent of a demo yet', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent');
    desk.attendance.excuse(['agent']);
    const id = await openFor(desk, 'buyer');
    for (let times = 0; times < 3; times += 1) {
      expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'agent' });
      desk.clock.advance(openWithinMs);
    }
    expect(await desk.store.get('agents', 'agent')).toMatchObject({ status: 'online' });
  });

  it('[RO6] language and skill gates relax after two minutes of waiting, and staff are told', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent');
    await desk.agent('german', { languages: ['de'], status: 'offline' });
    const { id } = await desk.open(await desk.customer('buyer'), {}, { language: 'de' });
    desk.clock.advance(relaxAfterMs - 1);
    expect((await desk.settled(id)).status).toBe('queued');
    desk.clock.advance(1);
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'agent' });
    const [matched, assigned] = (await desk.log(id)).slice(-2);
    expect(matched?.data.note).toMatch(/does not speak German, but .*two minutes/);
    expect(JSON.stringify(assigned)).not.toContain('German');
  });

  it('[RO6] the gates relax at once when nobody on the team could ever pass them', async () => {
    const desk = await openSessionDesk();
    await desk.agent('agent');
    const { id } = await desk.open(await desk.customer('buyer'), {}, { language: 'fr' });
    expect((await desk.settled(id)).agentId).toBe('agent');
  });

  it('[RO5] places are spread: nobody gets a second session while an equal colleague has none', async () => {
    const desk = await openSessionDesk();
    for (const name of ['a', 'b', 'c']) await desk.agent(name);
    for (let index = 0; index < 6; index += 1) await openFor(desk, `buyer-${index}`);
    await desk.sessions.queue.run();
    expect((await desk.agents.team()).map(({ open }) => open['live-chat'])).toEqual([2, 2, 2]);
  });

  it('[RO7] positions are counted on each channel by itself', async () => {
    const desk = await openSessionDesk();
    const chat = await openFor(desk, 'chat');
    const video = (await desk.open(await desk.customer('video'), { type: 'video-call' })).id;
    desk.clock.advance(1_000);
    const laterChat = await openFor(desk, 'later');
    await desk.sessions.queue.run();
    const { positionOf } = desk.sessions.queue;
    expect([positionOf(chat), positionOf(video), positionOf(laterChat)]).toEqual([1, 1, 2]);
    await desk.agent('agent');
    await desk.sessions.queue.run();
    expect(positionOf(chat)).toBeUndefined();
    expect(desk.sessions.queue.placesOn('live-chat')).toBe(3);
  });

  it('[RO7] a store that fails ends one look, not the watching', async () => {
    const desk = await openSessionDesk();
    const id = await openFor(desk, 'buyer');
    const { list } = desk.store;
    desk.store.list = () => Promise.reject(new Error('the disk is gone'));
    await expect(desk.sessions.queue.run()).rejects.toThrow('the disk is gone');
    desk.store.list = list;
    await desk.agent('agent');
    expect((await desk.settled(id)).status).toBe('active');
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryCache } from '../../engines/memory/memory-cache.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import { admin, openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { createSessionEnder } from './end-session.ts';

/** A session that its agent has opened. */
const activeSession = async (desk: SessionDesk) => {
  const buyer = await desk.customer('buyer');
  const agent = await desk.agent('agent');
  const { id } = await desk.open(buyer);
  await desk.settled(id);
  await desk.sessions.reader.get(agent, id);
  return { buyer, agent, id };
};

const openPlaces = async (desk: SessionDesk, uid: string) =>
  (await desk.store.get('agents', uid))?.open['live-chat'];

const ended = { status: 'completed' } as const;

describe('ending a session', () => {
  it.each(['buyer', 'agent', 'admin'] as const)('[RE5] its %s may end it', async (who) => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    const user: Identity = { buyer, agent, admin }[who];
    desk.clock.advance(90_000);
    const session = await desk.sessions.update(user, id, ended);
    expect(session).toMatchObject({
      status: 'completed',
      resolution: 'resolved',
      duration: 90,
      endedAt: new Date(desk.clock.now()).toISOString(),
      audience: ['buyer', 'agent'],
    });
    expect(await openPlaces(desk, 'agent')).toBe(0);
    const log = await desk.log(id);
    expect(log.at(-1)).toMatchObject({
      kind: 'ended',
      authorId: user.uid,
      visibility: 'public',
      data: { resolution: 'resolved' },
    });
  });

  it('[RE5] whoever is no participant may not, and a customer is not told that it exists', async () => {
    const desk = await openSessionDesk();
    const { id } = await activeSession(desk);
    const stranger = await desk.customer('stranger');
    const colleague = await desk.agent('colleague');
    await expect(desk.sessions.update(stranger, id, ended)).rejects.toMatchObject({ code: 'not_found' });
    await expect(desk.sessions.update(colleague, id, ended)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('[RE5] a customer who leaves the queue has abandoned it, and no duration is counted', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const { id } = await desk.open(buyer);
    const session = await desk.sessions.update(buyer, id, ended);
    expect(session).toMatchObject({ status: 'completed', resolution: 'abandoned' });
    expect(session).not.toHaveProperty('duration');
  });

  it('[AN2] the first message of the staff that the customer can read is the first response', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    const say = (authorId: string, visibility: 'public' | 'staff') => {
      desk.clock.advance(60_000);
      return desk.store.transaction(async (transaction) => {
        await transaction.get('supportSessions', id);
        await transaction.append(id, new Date(desk.clock.now()).toISOString(), [
          { kind: 'message', authorId, visibility, data: { body: 'hello' } },
        ]);
      });
    };
    await say(buyer.uid, 'public');
    await say('assistant', 'public');
    await say(agent.uid, 'staff');
    await say(agent.uid, 'public');
    await say(agent.uid, 'public');
    await desk.sessions.update(buyer, id, ended);
    const { items } = await desk.store.list('analyticsRollups', {
      orderBy: 'hour',
      direction: 'ascending',
      limit: 10,
    });
    expect(items).toMatchObject([{ firstResponseSum: 240, firstResponseCount: 1 }]);
  });

  it('[RE5] completed is final: nothing ends, claims, transfers or escalates it again', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    const session = await desk.sessions.update(agent, id, { ...ended, resolution: 'escalated' });
    const closed = { code: 'session_closed' };
    await expect(desk.sessions.update(buyer, id, ended)).rejects.toMatchObject(closed);
    await expect(desk.sessions.handOver.escalate(agent, id, undefined)).rejects.toMatchObject(closed);
    await expect(desk.sessions.handOver.transfer(admin, id, { channel: 'co-browse' })).rejects.toMatchObject(
      closed,
    );
    await expect(desk.sessions.claim(agent, id)).rejects.toMatchObject({ code: 'session_not_queued' });
    expect(await desk.store.get('supportSessions', id)).toEqual(session);
  });

  it('[RE5] of many who end it at once one does, and the place is freed once', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    await desk.open(await desk.customer('second'));
    await desk.sessions.queue.run();
    expect(await openPlaces(desk, 'agent')).toBe(2);
    const users = [buyer, agent, admin, buyer, agent, admin];
    const endings = await Promise.allSettled(users.map((user) => desk.sessions.update(user, id, ended)));
    expect(endings.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await openPlaces(desk, 'agent')).toBe(1);
  });

  it('[RE5] the outcome of the decision and the roll-up are there with the end', async () => {
    const desk = await openSessionDesk();
    const { agent, id } = await activeSession(desk);
    const { decisionId } = await desk.sessions.update(agent, id, ended);
    expect(await desk.store.get('routingDecisions', decisionId)).toMatchObject({ outcome: 'resolved' });
    const rollups = await desk.store.list('analyticsRollups', {
      orderBy: 'hour',
      direction: 'ascending',
      limit: 10,
    });
    expect(rollups.items).toMatchObject([{ agentId: 'agent', ended: 1, resolved: 1, waitCount: 1 }]);
  });

  it('[RE5] how it was resolved is for staff to say', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    const change = { ...ended, resolution: 'escalated' } as const;
    await expect(desk.sessions.update(buyer, id, change)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await desk.sessions.update(agent, id, change)).toMatchObject({ resolution: 'escalated' });
  });

  it('[RE5] an end that a moved clock puts before the beginning has no negative duration', async () => {
    const desk = await openSessionDesk();
    const { buyer, id } = await activeSession(desk);
    desk.clock.jump(-3_600_000);
    expect(await desk.sessions.update(buyer, id, ended)).toMatchObject({ duration: 0 });
  });
});

describe('rating a session', () => {
  it('[RE5] its customer rates it once after the end, and its agent is credited once', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    const rating = { satisfaction: 4 };
    await expect(desk.sessions.update(buyer, id, rating)).rejects.toMatchObject({
      code: 'session_not_ended',
    });
    await desk.sessions.update(agent, id, ended);
    const raters = await Promise.allSettled(
      [5, 4, 3].map((satisfaction) => desk.sessions.update(buyer, id, { satisfaction })),
    );
    expect(raters.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { satisfaction } = (await desk.store.get('supportSessions', id)) ?? {};
    expect(await desk.store.get('agents', 'agent')).toMatchObject({
      ratingSum: satisfaction,
      ratingCount: 1,
    });
    await expect(desk.sessions.update(buyer, id, rating)).rejects.toMatchObject({ code: 'already_rated' });
  });

  it('[RE5] ending and rating go together', async () => {
    const desk = await openSessionDesk();
    const { buyer, id } = await activeSession(desk);
    const session = await desk.sessions.update(buyer, id, { ...ended, satisfaction: 5 });
    expect(session).toMatchObject({ status: 'completed', satisfaction: 5 });
    const decision = await desk.store.get('routingDecisions', session.decisionId);
    expect(decision).toMatchObject({ outcome: 'resolved', satisfaction: 5 });
    expect(await desk.store.get('agents', 'agent')).toMatchObject({ ratingSum: 5, ratingCount: 1 });
    expect(await openPlaces(desk, 'agent')).toBe(0);
    const { items } = await desk.store.list('analyticsRollups', {
      orderBy: 'hour',
      direction: 'ascending',
      limit: 10,
    });
    expect(items).toMatchObject([{ ended: 1, ratingSum: 5, ratingCount: 1 }]);
    expect((await desk.log(id)).slice(-2).map(({ kind }) => kind)).toEqual(['ended', 'rated']);
  });

  it('[HT1] what a change names is done in one transaction, so that nothing comes between', async () => {
    const { store, clock, open, customer } = await openSessionDesk();
    const buyer = await customer('buyer');
    const { id } = await open(buyer);
    let transactions = 0;
    const counting: RecordStore = {
      ...store,
      transaction: (work) => {
        transactions += 1;
        return store.transaction(work);
      },
    };
    const cache = createMemoryCache({ clock });
    onTestFinished(() => cache.close());
    const queueMayMove = () => undefined;
    const update = createSessionEnder({ store: counting, cache, clock, subscribers: [], queueMayMove });
    await update(buyer, id, { ...ended, satisfaction: 5 });
    expect(transactions).toBe(1);
  });

  it('[RE5] nobody rates for the customer', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    await desk.sessions.update(buyer, id, ended);
    for (const user of [agent, admin]) {
      const rating = desk.sessions.update(user, id, { satisfaction: 5 });
      await expect(rating).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});

describe('tagging a session', () => {
  it('[HT3] staff who handle it tag it, each tag once; its customer may not', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    const tagged = await desk.sessions.update(agent, id, { tags: ['reprint', 'white-ink', 'reprint'] });
    expect(tagged.tags).toEqual(['reprint', 'white-ink']);
    const attempt = desk.sessions.update(buyer, id, { tags: ['mine'] });
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('[HT1] of a change with a part that is refused nothing is done', async () => {
    const desk = await openSessionDesk();
    const { buyer, agent, id } = await activeSession(desk);
    await desk.sessions.update(buyer, id, ended);
    const attempt = desk.sessions.update(agent, id, { ...ended, tags: ['late'] });
    await expect(attempt).rejects.toMatchObject({ code: 'session_closed' });
    expect(await desk.store.get('supportSessions', id)).toMatchObject({ tags: [] });
  });
});

import { describe, expect, it } from 'vitest';
import { admin, openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { presentSession } from './session-presenter.ts';

const query = { limit: 50 };
const idsOf = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);

/** Past sessions of one customer, oldest first. */
const past = async (desk: SessionDesk, uid: string, issues: readonly string[]) => {
  const customer = await desk.customer(uid);
  const ids: string[] = [];
  for (const issue of issues) {
    desk.clock.advance(60_000);
    const { id } = await desk.open(customer, { issue });
    await desk.sessions.update(customer, id, { status: 'completed' });
    ids.push(id);
  }
  return { customer, ids };
};

describe('listing sessions', () => {
  it('[HT3] customers list their own, newest first, whoever they ask for', async () => {
    const desk = await openSessionDesk();
    const { customer, ids } = await past(desk, 'buyer', ['one', 'two', 'three']);
    await past(desk, 'other', ['four']);
    expect(idsOf(await desk.sessions.reader.list(customer, query))).toEqual([...ids].reverse());
    expect(idsOf(await desk.sessions.reader.list(customer, { ...query, customer: 'other' }))).toEqual([]);
    expect((await desk.sessions.reader.list(admin, query)).items).toHaveLength(4);
  });

  it('[HT3] agents list the queue and their own, and past ones of a customer they serve', async () => {
    const desk = await openSessionDesk();
    const { customer, ids: earlier } = await past(desk, 'buyer', ['one', 'two']);
    await past(desk, 'other', ['three']);
    const agent = await desk.agent('agent', { languages: ['en'] });
    const colleague = await desk.agent('colleague', { status: 'offline' });
    const { id: waiting } = await desk.open(customer, { type: 'video-call' });
    await desk.agents.update('agent', {
      capacity: { 'ai-chatbot': 0, 'live-chat': 1, 'co-browse': 0, 'video-call': 0 },
    });
    desk.clock.advance(1_000);
    const { id: own } = await desk.open(customer);
    await desk.settled(own);
    desk.clock.advance(1_000);
    const { id: assistant } = await desk.open(customer, { type: 'ai-chatbot' });
    const { list, get } = desk.sessions.reader;
    const seen = await desk.store.get('supportSessions', waiting);
    const queuedNow = seen?.status === 'queued' ? [waiting] : [];
    expect(idsOf(await list(agent, query))).toEqual([own, ...queuedNow]);
    expect(idsOf(await list(agent, { ...query, customer: 'buyer' }))).toEqual([
      own,
      ...queuedNow,
      ...[...earlier].reverse(),
    ]);
    expect(idsOf(await list(agent, { ...query, customer: 'other' }))).toEqual([]);
    expect(await get(agent, earlier[0] ?? '')).toMatchObject({ id: earlier[0] });
    await expect(get(agent, assistant)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(get(colleague, earlier[0] ?? '')).rejects.toMatchObject({ code: 'forbidden' });
    expect(idsOf(await list(colleague, { ...query, customer: 'buyer' }))).toEqual(queuedNow);
  });

  it('[RE3] filters hold together and a cursor goes on where the page ended', async () => {
    const desk = await openSessionDesk();
    const issues = Array.from(
      { length: 9 },
      (_, index) => `${index % 3 ? 'poster' : 'Flyer'} number ${index}`,
    );
    const { customer, ids } = await past(desk, 'buyer', issues);
    for (const id of ids.slice(0, 6)) await desk.sessions.update(admin, id, { tags: ['reprint'] });
    const wanted = [ids[3], ids[0]];
    const filters = { q: 'flyer NUMBER', tag: 'reprint', status: 'completed' } as const;
    for (const user of [customer, admin]) {
      const page = await desk.sessions.reader.list(user, { ...filters, limit: 1 });
      expect(idsOf(page)).toEqual([ids[3]]);
      const { nextCursor: cursor } = page;
      const rest = await desk.sessions.reader.list(user, { ...filters, limit: 50, cursor });
      expect(idsOf(rest)).toEqual([ids[0]]);
      expect(idsOf(await desk.sessions.reader.list(user, { ...filters, limit: 50 }))).toEqual(wanted);
    }
  });

  it('[RE3] from is included and to is not; an unknown word finds nothing; a foreign cursor is refused', async () => {
    const desk = await openSessionDesk();
    const { customer, ids } = await past(desk, 'buyer', ['one', 'two', 'three']);
    const times = await Promise.all(
      ids.map(async (id) => (await desk.store.get('supportSessions', id))?.startTime ?? ''),
    );
    const { list } = desk.sessions.reader;
    const [from, , to] = times;
    if (from === undefined || to === undefined) throw new Error('three sessions were opened');
    expect(idsOf(await list(customer, { ...query, from, to }))).toEqual([ids[1], ids[0]]);
    expect(idsOf(await list(customer, { ...query, q: 'unheard' }))).toEqual([]);
    expect(idsOf(await list(customer, { ...query, q: '?? !!' }))).toEqual([]);
    await expect(list(customer, { ...query, cursor: 'bogus' })).rejects.toMatchObject({
      code: 'malformed_cursor',
    });
  });

  it('[HT3] order reference, category and agent narrow a list', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    await desk.agent('agent', {
      capacity: { 'ai-chatbot': 0, 'live-chat': 1, 'co-browse': 0, 'video-call': 0 },
    });
    const { id } = await desk.open(buyer, { orderRef: 'PO-1' }, { category: 'approval' });
    await desk.settled(id);
    desk.clock.advance(1);
    await desk.open(buyer, { issue: 'Another order', orderRef: 'PO-2' });
    const { list } = desk.sessions.reader;
    for (const filter of [
      { orderRef: 'PO-1' },
      { category: 'approval' },
      { agent: 'agent' },
      { q: 'po-1' },
      { q: 'PO', status: 'active' },
    ] as const) {
      expect(idsOf(await list(admin, { ...query, ...filter }))).toEqual([id]);
    }
  });
});

describe('reading a session', () => {
  it('[RO6] the first look of its agent counts as opening it, that of others does not', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const agent = await desk.agent('agent');
    const { id } = await desk.open(buyer);
    await desk.settled(id);
    const { get } = desk.sessions.reader;
    expect(await get(buyer, id)).not.toHaveProperty('openedAt');
    expect(await get(admin, id)).not.toHaveProperty('openedAt');
    desk.clock.advance(1_000);
    const openedAt = new Date(desk.clock.now()).toISOString();
    expect(await get(agent, id)).toMatchObject({ openedAt });
    desk.clock.advance(1_000);
    expect(await get(agent, id)).toMatchObject({ openedAt });
  });

  it('[HT3] customers read the transcript without what is for staff only', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const agent = await desk.agent('agent');
    const { id } = await desk.open(buyer);
    await desk.settled(id);
    await desk.sessions.handOver.escalate(agent, id, 'a difficult one');
    await desk.settled(id);
    const { transcript } = desk.sessions.reader;
    const shown = await transcript(buyer, id, query);
    expect(shown.items.map(({ kind }) => kind)).toEqual(['message', 'assigned', 'assigned']);
    expect(JSON.stringify(shown)).not.toContain('difficult');
    const all = await transcript(agent, id, query);
    expect(all.items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await expect(transcript(await desk.customer('other'), id, query)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('[HT3] a customer is not shown bookkeeping and skills, staff are shown the skills', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const session = await desk.open(buyer, { preferredAgentId: 'agent' });
    await desk.sessions.queue.run();
    const shown = presentSession(session, buyer, desk.sessions.queue);
    for (const field of ['audience', 'searchTerms', 'declinedBy', 'preferredAgentId', 'neededSkills']) {
      expect(shown).not.toHaveProperty(field);
    }
    expect(shown.queue).toEqual({ position: 1, estimatedWaitSeconds: null });
    expect(presentSession(session, admin, desk.sessions.queue)).toMatchObject({ neededSkills: [] });
  });
});

import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRooms } from '../collaboration/rooms/rooms-service.ts';
import { createLocalAccounts } from '../engines/local-accounts/local-accounts.ts';
import { openLibsql } from '../engines/sqlite/libsql-driver.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { Identity } from '../ports/identity.ts';
import { createLogger } from '../telemetry/logger.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { admin, openSessionDesk, type SessionDesk } from '../testing/session-desk.ts';
import { createPeople } from './people.ts';

const password = 'a long enough password';

const peopleOf = (
  { store, clock, agents, sessions }: SessionDesk,
  untilTokensEnd: () => Promise<void> = async () => undefined,
) => {
  const signingKey = new Uint8Array(32);
  const passwordCost = { N: 2 ** 4, r: 8, p: 1 };
  const accounts = createLocalAccounts({ store, clock, signingKey, tokenTtlMs: 60_000, passwordCost });
  const deleted: string[] = [];
  const files = {
    delete: async (id: string) => {
      deleted.push(id);
    },
  };
  return {
    accounts,
    deleted,
    people: createPeople({
      store,
      files,
      clock,
      accounts,
      agents,
      updateSession: sessions.update,
      untilTokensEnd,
    }),
  };
};

const untilCut = (): Promise<void> => Promise.reject(new Error('cut short'));

/** Every value of every table of a file, as one text. */
const everythingIn = (file: string): string => {
  const connection = openLibsql(file);
  const names = connection.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all([]);
  const rows = names.map(([name]) => connection.prepare(`SELECT * FROM "${name}"`).all([]));
  connection.close();
  return JSON.stringify(rows);
};

describe('people', () => {
  it('[EN3] an account that is added can sign in, and is found by address or id', async () => {
    const desk = await openSessionDesk();
    const { people, accounts } = peopleOf(desk);
    const role = 'admin';
    const { uid } = await people.add({ email: 'Boss@Example.com', name: 'Boss', role, password });
    expect((await accounts.signIn('boss@example.com', password)).identity).toMatchObject({ uid, role });
    expect(await people.revoke(' boss@EXAMPLE.com ')).toMatchObject({ id: uid });
    expect(await people.revoke(uid)).toMatchObject({ id: uid });
    await expect(people.revoke('nobody@example.com')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('[HT1] a bad address, a short password and a taken address are refused', async () => {
    const { people } = peopleOf(await openSessionDesk());
    const account = { email: 'a@example.com', name: 'A', role: 'customer', password } as const;
    const invalid = { code: 'validation_failed' };
    await expect(people.add({ ...account, email: 'nonsense' })).rejects.toMatchObject(invalid);
    await expect(people.add({ ...account, password: 'short' })).rejects.toMatchObject(invalid);
    await people.add(account);
    await expect(people.add(account)).rejects.toMatchObject({ code: 'already_exists' });
  });

  it('[RO7] who becomes an agent can be matched; who is none any more gives the sessions back', async () => {
    const desk = await openSessionDesk();
    const { people } = peopleOf(desk);
    const { uid } = await people.add({ email: 'a@example.com', name: 'A', role: 'customer', password });
    await people.setRole(uid, 'agent');
    await desk.agents.update(uid, { status: 'online' });
    const opened = [await desk.open(await desk.customer('one')), await desk.open(await desk.customer('two'))];
    for (const { id } of opened) expect((await desk.settled(id)).agentId).toBe(uid);
    await people.setRole(uid, 'customer');
    for (const { id } of opened) {
      expect(await desk.settled(id)).toMatchObject({ status: 'queued' });
      expect((await desk.log(id)).at(-1)).toMatchObject({
        kind: 'requeued',
        data: { agentId: uid, reason: 'the agent has left' },
      });
    }
    expect(await desk.agents.team()).toEqual([]);
  });

  it('[HT3] every change of a role is in the audit', async () => {
    const desk = await openSessionDesk();
    const { people } = peopleOf(desk);
    const { uid } = await people.add({ email: 'a@example.com', name: 'A', role: 'customer', password });
    await people.setRole(uid, 'admin');
    const { items } = await desk.store.list('audit', {
      orderBy: 'at',
      direction: 'ascending',
      limit: 10,
    });
    const actions = items.map(({ action, data }) => [action, data]);
    expect(actions).toContainEqual(['user:add', { role: 'customer' }]);
    expect(actions).toContainEqual(['user:role', { from: 'customer', to: 'admin' }]);
  });

  it('[EN3] the last administrator stays one, and whose erasure was cut short is none', async () => {
    const { people, accounts } = peopleOf(await openSessionDesk(), untilCut);
    const add = (email: string) => people.add({ email, name: 'Boss', role: 'admin', password });
    const refused = {
      code: 'validation_failed',
      detail: expect.stringMatching(/^boss@example\.com is the last/),
    };
    const boss = await add('boss@example.com');
    await expect(people.setRole(boss.email, 'agent')).rejects.toMatchObject(refused);
    await expect(people.erase(boss.email)).rejects.toMatchObject(refused);
    await people.setRole(boss.email, 'admin');
    expect((await accounts.signIn(boss.email, password)).identity).toMatchObject({ role: 'admin' });
    const second = await add('second@example.com');
    await expect(people.erase(second.uid)).rejects.toThrow('cut short');
    await expect(people.setRole(boss.email, 'customer')).rejects.toMatchObject(refused);
    await add('third@example.com');
    await people.setRole(boss.email, 'customer');
    expect(await accounts.find(boss.uid)).toMatchObject({ role: 'customer' });
  });
});

describe('erasing a person', () => {
  it('[RE4] finds what is written while tokens end, and lets nobody in meanwhile', async () => {
    const file = join(await makeFolder(), 'records.sqlite');
    const desk = await openSessionDesk(file);
    const email = 'zyx@example.com';
    const late = async (): Promise<void> => {
      await desk.open(buyer, { issue: 'zyx to the last' });
      desk.tell('zyx is asked');
      await desk.decisions.decide({ userId: buyer.uid, issue: 'zyx is asked' });
      await expect(accounts.signIn(email, password)).rejects.toMatchObject({ code: 'bad_credentials' });
      expect(await accounts.find(email)).toMatchObject({ id: buyer.uid });
    };
    const { people, accounts } = peopleOf(desk, late);
    const buyer = await people.add({ email, name: 'Zyxname', role: 'customer', password });
    await people.erase(email);
    expect(everythingIn(file)).not.toMatch(/zyx/i);
  });

  it('[RE4] leaves nothing that a customer wrote or that staff noted of it, and keeps the figures', async () => {
    const file = join(await makeFolder(), 'records.sqlite');
    const desk = await openSessionDesk(file);
    const { people } = peopleOf(desk);
    const buyer = await people.add({ email: 'zyx@example.com', name: 'Zyxname', role: 'customer', password });
    const agent = await desk.agent('agent');
    const issue = 'Trouble with the zyxflyer, the Zyxcolour is wrong';
    desk.tell(issue);
    await desk.decisions.decide({
      userId: buyer.uid,
      issue,
      customerHistory: { previousIssues: ['the zyxhistory'] },
    });
    const ended = await desk.open(buyer, { issue, orderRef: 'zyx-17' });
    await desk.settled(ended.id);
    await desk.sessions.update(agent, ended.id, { tags: ['zyxtag'] });
    await desk.sessions.handOver.escalate(agent, ended.id, 'zyxnote about them');
    await desk.sessions.update(admin, ended.id, { status: 'completed' });
    const waiting = await desk.open(buyer, { issue: 'zyx again', type: 'video-call' });
    expect(everythingIn(file).match(/zyx/gi)?.length).toBeGreaterThan(20);

    const { sessions } = await people.erase('zyx@example.com');

    expect(sessions).toBe(2);
    expect(everythingIn(file)).not.toMatch(/zyx/i);
    expect(await desk.store.get('supportSessions', waiting.id)).toMatchObject({
      status: 'completed',
      issue: '[erased]',
    });
    const { items } = await desk.store.list('analyticsRollups', {
      orderBy: 'hour',
      direction: 'ascending',
      limit: 10,
    });
    expect(items.reduce((sum, rollup) => sum + rollup.ended, 0)).toBe(2);
    await expect(people.revoke(buyer.uid)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('[PR7] takes the artwork of a customer away, and leaves what staff put into the sessions of others', async () => {
    const file = join(await makeFolder(), 'records.sqlite');
    const desk = await openSessionDesk(file);
    const { people, deleted } = peopleOf(desk);
    const { clock } = desk;
    const store = await openSqliteStore({ file });
    onTestFinished(() => store.close());
    const buyer = await people.add({ email: 'b@example.com', name: 'B', role: 'customer', password });
    const other = await desk.customer('other');
    const agent = await people.add({ email: 'a@example.com', name: 'A', role: 'agent', password });
    await desk.agents.update(agent.uid, { status: 'online' });
    const logger = createLogger({ level: 'silent' });
    const rooms = createRooms({ store, log: store.log, clock, logger });
    const opened = [await desk.open(buyer), await desk.open(other)];
    for (const [index, { id }] of opened.entries()) {
      await desk.settled(id);
      const sha256 = String(index).repeat(64);
      const proof = {
        id: `proof-${index}`,
        name: 'zyx.png',
        format: 'png',
        size: 33,
        sha256,
        pages: [],
      } as const;
      const added = await rooms.apply(agent, id, { name: 'proof:add', proof: { ...proof, pages: [] } });
      expect(added).toMatchObject({ ok: true });
    }
    const [first] = opened;
    const { entries: seen } = await store.log.read(first?.id ?? '', 0, 100);
    const decision = {
      decision: 'rejected',
      sha256: '0'.repeat(64),
      seq: seen.length,
      comment: 'zyx is wrong',
    } as const;
    const decided = await rooms.apply(buyer, first?.id ?? '', {
      name: 'proof:decide',
      id: 'proof-0',
      ...decision,
    });
    expect(decided).toMatchObject({ ok: true });

    await people.erase(buyer.uid);
    expect(deleted).toEqual(['proof-0']);
    expect(await store.get('proofs', 'proof-0')).toBeUndefined();
    expect(everythingIn(file)).not.toContain('zyx is wrong');
    expect(await store.get('proofs', 'proof-1')).toMatchObject({ name: 'zyx.png' });
    await people.erase(agent.uid);
    expect(deleted).toEqual(['proof-0']);
    await rooms.close();
  });

  it('[RE4] takes an agent out of the sessions of others: name, notes and place on the team', async () => {
    const file = join(await makeFolder(), 'records.sqlite');
    const desk = await openSessionDesk(file);
    const { people } = peopleOf(desk);
    const added = await people.add({ email: 'zyx@example.com', name: 'Zyxname', role: 'agent', password });
    await desk.agents.update(added.uid, { status: 'online' });
    const buyer = await desk.customer('buyer');
    const { id } = await desk.open(buyer, { issue: 'Our flyer is wrong' });
    await desk.settled(id);
    await desk.sessions.handOver.escalate(added, id, 'zyxnote of the agent');
    expect(await desk.settled(id)).toMatchObject({ agentId: added.uid });

    await people.erase(added.uid);

    expect(everythingIn(file)).not.toMatch(/zyx/i);
    expect(await desk.settled(id)).toMatchObject({ status: 'queued', issue: 'Our flyer is wrong' });
    expect((await desk.log(id))[0]?.data).toEqual({ body: 'Our flyer is wrong' });
  });

  const openRoom = async (file: string, { clock }: SessionDesk, sessionId: string) => {
    const store = await openSqliteStore({ file });
    const rooms = createRooms({ store, log: store.log, clock, logger: createLogger({ level: 'silent' }) });
    const draw = (user: Identity, id: string, text: string, layer?: string) =>
      rooms.apply(user, sessionId, {
        name: 'annotation:add',
        id,
        type: 'text',
        data: { text },
        ...(layer !== undefined && { layer }),
      });
    const shown = async (user: Identity) => {
      const state = await rooms.state(user, sessionId, undefined);
      // As it is sent.
      const sent = JSON.parse(JSON.stringify(state)) as typeof state;
      return sent.mode === 'snapshot' ? sent.annotations.map(({ id, data }) => [id, data]) : [];
    };
    onTestFinished(async () => {
      await rooms.close();
      await store.close();
    });
    return { rooms, draw, shown };
  };

  it('[RE4] leaves nothing that a customer drew or said in the room', async () => {
    const file = join(await makeFolder(), 'records.sqlite');
    const desk = await openSessionDesk(file);
    const { people } = peopleOf(desk);
    const buyer = await people.add({ email: 'zyx@example.com', name: 'Zyxname', role: 'customer', password });
    const agent = await desk.agent('agent');
    const { id, epoch } = await desk.open(buyer, { issue: 'zyx' });
    await desk.settled(id);
    const { rooms, draw, shown } = await openRoom(file, desk, id);
    await draw(buyer, 'mark-1', 'zyxmark', 'zyxlayer');
    await rooms.apply(agent, id, { name: 'annotation:update', id: 'mark-1', patch: { data: { by: 'zyx' } } });
    await rooms.apply(buyer, id, { name: 'chat:message', body: 'zyxchat' });
    await draw(buyer, 'mark-2', 'zyxgone', 'zyxlayer');
    await rooms.apply(agent, id, { name: 'annotation:clear', layer: 'zyxlayer' });
    await draw(buyer, 'mark-3', 'zyxlast', 'zyxlayer');
    expect(await shown(agent)).toHaveLength(1);

    await people.erase(buyer.uid);

    expect(everythingIn(file)).not.toMatch(/zyx/i);
    expect((await desk.store.get('supportSessions', id))?.epoch).not.toBe(epoch);
    expect(await shown(admin)).toEqual([]);
  });

  it('[RE4] takes an agent’s drawings out of the sessions of others, and leaves theirs as they drew them', async () => {
    const file = join(await makeFolder(), 'records.sqlite');
    const desk = await openSessionDesk(file);
    const { people } = peopleOf(desk);
    const added = await people.add({ email: 'zyx@example.com', name: 'Zyxname', role: 'agent', password });
    await desk.agents.update(added.uid, { status: 'online' });
    const buyer = await desk.customer('buyer');
    const { id } = await desk.open(buyer);
    await desk.settled(id);
    const { rooms, draw, shown } = await openRoom(file, desk, id);
    await draw(buyer, 'theirs', 'too close to the edge');
    await draw(added, 'own', 'zyxmark');
    await rooms.apply(added, id, {
      name: 'annotation:update',
      id: 'theirs',
      patch: { data: { answer: 'zyxanswer' } },
    });
    await rooms.apply(buyer, id, { name: 'annotation:add', id: 'empty', type: 'pen', data: null });

    await people.erase(added.uid);

    expect(everythingIn(file)).not.toMatch(/zyx/i);
    expect(await shown(buyer)).toEqual([
      ['theirs', { text: 'too close to the edge' }],
      ['empty', null],
    ]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pngOf } from '../../functions/src/testing/sample-artwork.ts';
import { startTestServer, type TestServer, tokenOf } from '../../functions/test/support/server.ts';
import {
  ApiError,
  type Connect,
  createApiClient,
  createSessionClient,
  type Phase,
  type SessionClient,
  type SessionEvents,
  type SessionView,
  socketTransport,
} from '../src/index.ts';

const sessionId = 'session-123';

const next = <Name extends keyof SessionEvents>(
  client: SessionClient,
  name: Name,
): Promise<SessionEvents[Name]> =>
  new Promise((resolve) => {
    const stop = client.on(name, (payload) => {
      stop();
      resolve(payload);
    });
  });

/** Settles when a view fits. */
const until = (client: SessionClient, fits: (view: SessionView, phase: Phase) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!fits(client.view, client.phase)) return;
      stop();
      resolve();
    };
    const stop = client.on('changed', look);
    queueMicrotask(look);
  });

/** Real sockets that can be cut like a cable. */
const cable = (url: string) => {
  const connect = socketTransport(url);
  let isCut = false;
  const cuts = new Set<() => void>();
  const over: Connect = (handshake, listener) => {
    if (isCut) {
      setImmediate(() => listener.closed());
      return { send: () => {}, close: () => {} };
    }
    const link = connect(handshake, listener);
    cuts.add(() => {
      link.close();
      listener.closed();
    });
    return link;
  };
  return {
    connect: over,
    cut: () => {
      isCut = true;
      for (const cut of cuts) cut();
      cuts.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
};

describe('the client library against a whole server', () => {
  let server: TestServer;
  const clients: SessionClient[] = [];
  const tokens = new Map<string, Promise<string>>();

  /** One sign-in a person: each takes the server a while on purpose. */
  const knownToken = (email: string): Promise<string> => {
    const token = tokens.get(email) ?? tokenOf(server.url, email);
    tokens.set(email, token);
    return token;
  };

  const join = async (email: string, connect?: Connect): Promise<SessionClient> => {
    const { url } = server;
    const token = await knownToken(email);
    const client = createSessionClient({ url, sessionId, token, ...(connect && { connect }) });
    clients.push(client);
    await client.start();
    await until(client, (_view, phase) => phase === 'joined');
    return client;
  };

  beforeAll(async () => {
    server = await startTestServer({ AUTH_MODE: 'local' });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => server.close());

  it('[RT4] what one does the other sees, confirmed and in the same order', async () => {
    const [customer, agent] = await Promise.all([join('customer@demo.local'), join('agent@demo.local')]);
    const added = next(agent, 'annotation:added');
    const { opId, answer } = customer.perform('annotation:add', {
      type: 'pen',
      data: { path: [[0.1, 0.2]] },
    });
    expect(customer.view.annotations.at(-1)).toMatchObject({ id: opId, rev: 0 });
    const ack = await answer;
    expect(ack).toMatchObject({ ok: true, id: opId });
    await expect(added).resolves.toMatchObject({ id: opId, userId: 'customer' });
    const reply = agent.perform('comment:add', { annotationId: opId, body: 'I see it' });
    await expect(reply.answer).resolves.toMatchObject({ ok: true });
    await until(customer, ({ messages }) => messages.at(-1)?.body === 'I see it');
    await until(agent, ({ position }) => position?.seq === customer.view.position?.seq);
    expect(customer.view.annotations).toEqual(agent.view.annotations);
    expect(customer.view.messages).toEqual(agent.view.messages);
  });

  it('[RT14] a staff note shows to staff, and leaves the customer without a gap', async () => {
    const [customer, agent] = await Promise.all([join('customer@demo.local'), join('agent@demo.local')]);
    const tick = next(customer, 'session:tick');
    const { answer } = agent.perform('chat:message', { body: 'Check the order', visibility: 'staff' });
    await expect(answer).resolves.toMatchObject({ ok: true });
    const { seq } = await tick;
    expect(customer.view.position?.seq).toBe(seq);
    expect(customer.view.messages.map(({ body }) => body)).not.toContain('Check the order');
    await until(agent, ({ messages }) => messages.at(-1)?.body === 'Check the order');
  });

  it('[RT7] [RT8] cursors, typing and presence reach the other', async () => {
    const [customer, agent] = await Promise.all([join('customer@demo.local'), join('agent@demo.local')]);
    await until(agent, ({ participants }) => participants.length === 2);
    customer.moveCursor({ x: 0.25, y: 0.75, page: 2 });
    customer.typed();
    customer.setStatus('idle');
    await until(agent, ({ cursors, typing, participants }) => {
      const status = participants.find(({ userId }) => userId === 'customer')?.status;
      return cursors.has('customer') && typing.has('customer') && status === 'idle';
    });
    expect(agent.view.cursors.get('customer')).toEqual({ x: 0.25, y: 0.75, page: 2 });
    customer.close();
    await until(agent, ({ participants }) => participants.length === 1);
  });

  it('[RT3] [RT10] 120 operations asked for offline arrive in order, each once, through the rate limit', async () => {
    const line = cable(server.url);
    const [customer, agent] = await Promise.all([
      join('customer@demo.local', line.connect),
      join('agent@demo.local'),
    ]);
    const sent = customer.perform('annotation:add', { type: 'text', data: { text: 'under way' } });
    line.cut();
    const queued = Array.from({ length: 119 }, (_one, index) =>
      customer.perform('annotation:add', { type: 'text', data: { text: `queued ${index}` } }),
    );
    line.mend();
    customer.retryNow();
    const operations = [sent, ...queued];
    const answers = await Promise.all(operations.map(({ answer }) => answer));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    await until(agent, ({ annotations }) => annotations.some(({ id }) => id === operations.at(-1)?.opId));
    const wanted = operations.map(({ opId }) => opId);
    const arrived = agent.view.annotations.map(({ id }) => id).filter((id) => wanted.includes(id));
    expect(arrived).toEqual(wanted);
    expect(customer.view.annotations).toEqual(agent.view.annotations);
  });

  it('[RT13] a call is invited, answered, signalled and hung up', async () => {
    const [customer, agent] = await Promise.all([join('customer@demo.local'), join('agent@demo.local')]);
    await until(customer, ({ participants }) => participants.length === 2);
    const [rings, taken] = [next(agent, 'call:invite'), next(customer, 'call:accept')];
    const call = await customer.calls.invite();
    const { callId, from } = await rings;
    expect(call).toMatchObject({ ok: true, callId, with: 'agent', polite: false, iceServers: [] });
    expect(from).toBe('customer');
    expect(await agent.calls.accept(callId)).toMatchObject({ ok: true, with: 'customer', polite: true });
    await taken;
    const signal = next(customer, 'call:signal');
    const description = { type: 'offer', sdp: 'v=0' } as const;
    expect(await agent.calls.signal(callId, 'customer', { description })).toEqual({ ok: true });
    expect(await signal).toEqual({ sessionId, callId, from: 'agent', description });
    const over = next(agent, 'call:end');
    expect(await customer.calls.hangUp(callId)).toEqual({ ok: true });
    expect(await over).toMatchObject({ callId, reason: 'ended', by: 'customer' });
    expect(await agent.calls.decline(callId)).toMatchObject({ ok: false, code: 'not_found' });
    agent.close();
    expect(await agent.calls.invite()).toMatchObject({ ok: false, code: 'unavailable' });
  });

  it('[RT5] what is written over HTTP reaches the socket', async () => {
    const customer = await join('customer@demo.local');
    const token = await knownToken('agent@demo.local');
    const api = createApiClient({ url: server.url, token });
    const added = next(customer, 'annotation:added');
    const annotation = await api.annotations.add({ sessionId, type: 'stamp', data: { name: 'ok' } });
    await expect(added).resolves.toMatchObject({ id: annotation.id });
    const deleted = next(customer, 'annotation:deleted');
    await api.annotations.delete(annotation.id);
    await expect(deleted).resolves.toMatchObject({ id: annotation.id });
    const list = await api.annotations.list(sessionId);
    expect(list.annotations).toEqual(customer.view.annotations);
    expect({ epoch: list.epoch, seq: list.head }).toEqual(customer.view.position);
  });

  it('[RT9] a token that is no good, and a session of others, end the client', async () => {
    const { url } = server;
    const stranger = createSessionClient({ url, sessionId, token: 'no token' });
    clients.push(stranger);
    const refused = next(stranger, 'ended');
    await stranger.start();
    await expect(refused).resolves.toMatchObject({ code: 'not_authenticated' });

    const other = createSessionClient({ url, sessionId, token: await knownToken('customer2@demo.local') });
    clients.push(other);
    const shown = next(other, 'ended');
    await other.start();
    await expect(shown).resolves.toMatchObject({ ok: false, retryable: false });
  });

  it('[RT9] a fresh token takes the place of the old one on the open connection', async () => {
    const customer = await join('customer@demo.local');
    const phases: Phase[] = [];
    customer.on('phase', (phase) => phases.push(phase));
    const warning = next(customer, 'warning');
    customer.renew(await tokenOf(server.url, 'customer@demo.local'));
    customer.renew('no token');
    await expect(warning).resolves.toMatchObject({ event: 'auth:renew', code: 'not_authenticated' });
    await expect(customer.perform('chat:message', { body: 'still here' }).answer).resolves.toMatchObject({
      ok: true,
    });
    expect(phases).toEqual([]);
  });

  it('[PR2] artwork goes up, is heard of in the room, comes down and is decided on', async () => {
    const customer = await join('customer@demo.local');
    const before = customer.view.proofs.length;
    const api = createApiClient({ url: server.url, token: await tokenOf(server.url, 'customer@demo.local') });
    const file = Uint8Array.from(pngOf(40, 30));
    const heard = next(customer, 'proof:added');
    const { id, sha256, seq } = await api.proofs.upload(sessionId, file, { name: 'label.png' });
    await expect(heard).resolves.toMatchObject({ id, seq, name: 'label.png', pageCount: 1 });
    const whole = await api.proofs.download(id);
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(file);
    await expect((await api.proofs.download(id, { start: 1, end: 3 })).text()).resolves.toBe('PNG');
    const decided = next(customer, 'proof:decided');
    await api.proofs.decide(id, { decision: 'approved', sha256, seq });
    await expect(decided).resolves.toMatchObject({ id, status: 'approved' });
    expect(customer.view.proofs).toHaveLength(before + 1);
    expect(customer.view.proofs.at(-1)).toMatchObject({ id, status: 'approved', rev: seq + 1 });
    await expect(api.proofs.list(sessionId, { limit: 1 })).resolves.toMatchObject({ items: [{ id }] });
    const again = await join('customer@demo.local');
    expect(again.view.proofs).toEqual(customer.view.proofs);
  });

  it('[HT1] the REST client speaks the operations of the server', async () => {
    const anonymous = createApiClient({ url: server.url });
    await expect(anonymous.me()).rejects.toBeInstanceOf(ApiError);
    const { token, user } = await anonymous.auth.signIn({
      email: 'customer@demo.local',
      password: 'proofdesk-demo',
    });
    const api = createApiClient({ url: server.url, token });
    await expect(api.me()).resolves.toEqual(user);
    const issue = 'Need help with bleed settings';
    const route = await api.support.route({ issue });
    const session = await api.sessions.open({ issue, decisionId: route.decisionId });
    await expect(api.sessions.get(session.id)).resolves.toMatchObject({ id: session.id });
    const { items } = await api.sessions.list({ limit: 1 });
    expect(items).toMatchObject([{ id: session.id }]);
    await expect(api.sessions.messages(sessionId, { limit: 1 })).resolves.toHaveProperty('items');
    await expect(api.sessions.transcript(sessionId)).resolves.toHaveProperty('items');
    await expect(api.support.analyze('The bleed is wrong')).resolves.toHaveProperty('category');
    await expect(api.sessions.claim(session.id)).rejects.toMatchObject({ code: 'forbidden', status: 403 });
  });
});

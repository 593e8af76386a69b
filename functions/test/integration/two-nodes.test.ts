import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { next } from '../../src/testing/next-event.ts';
import { startServerProcess } from '../support/processes.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { apiOf, signIn, startTestServer, type TestServer, tokenOf } from '../support/server.ts';

const session = { sessionId: 'session-123' };
const stamp = { ...session, type: 'stamp', data: { name: 'ok' } };

interface Person {
  participant: { userId: string };
}

/** The next event of a name that fits; others of the name are passed over. */
const nextThat = <Payload>(socket: Socket, event: string, fits: (payload: Payload) => boolean) =>
  new Promise<Payload>((resolve) => {
    const listen = (payload: Payload): void => {
      if (!fits(payload)) return;
      socket.off(event, listen);
      resolve(payload);
    };
    socket.on(event, listen);
  });

describe('two servers that Redis joins', () => {
  let redis: RedisServer;
  let dataDir: string;
  let nodes: TestServer[];
  const open = new Set<Socket>();

  const settings = () => ({ DATA_DIR: dataDir, REDIS_URL: redis.url, DEMO: '1' });
  const nodeUrl = (index: number): string => nodes[index]?.url ?? '';

  const connect = async (url: string, email: string): Promise<Socket> => {
    const auth = { token: await tokenOf(url, `${email}@demo.local`) };
    const socket = io(url, { auth, reconnection: false, forceNew: true, transports: ['websocket'] });
    open.add(socket);
    await next(socket, 'connect');
    return socket;
  };

  /** The customer at the first node, the agent at the second, both in the session and aware of each other. */
  const together = async (): Promise<[customer: Socket, agent: Socket]> => {
    const customer = await connect(nodeUrl(0), 'customer');
    const agent = await connect(nodeUrl(1), 'agent');
    await customer.emitWithAck('session:join', { ...session, caps: ['frames'] });
    const arrives = nextThat<Person>(
      customer,
      'user:joined',
      ({ participant }) => participant.userId === 'agent',
    );
    const seen = nextThat<Person>(
      agent,
      'user:joined',
      ({ participant }) => participant.userId === 'customer',
    );
    const { participants } = await agent.emitWithAck('session:join', session);
    await arrives;
    if (participants.length < 2) await seen;
    return [customer, agent];
  };

  beforeAll(async () => {
    redis = await startRedisServer();
    dataDir = await mkdtemp(join(tmpdir(), 'proofdesk-nodes-'));
    nodes = [await startTestServer(settings()), await startTestServer(settings())];
  });
  afterEach(() => {
    for (const socket of open) socket.disconnect();
    open.clear();
  });
  afterAll(async () => {
    for (const node of nodes) await node.close();
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('[RT12] what is written at both nodes at once has one order, and reaches both', async () => {
    const sockets = await together();
    const heard = sockets.map((socket) => {
      const seqs: number[] = [];
      socket.on('annotation:added', ({ seq }: { seq: number }) => seqs.push(seq));
      return seqs;
    });
    const each = Array.from({ length: 25 }, () => sockets).flat();
    const acks = await Promise.all(each.map((socket) => socket.emitWithAck('annotation:add', stamp)));
    const written = acks.map(({ ok, seq }) => (ok ? seq : undefined)).sort((a, b) => a - b);
    expect(new Set(written).size).toBe(50);
    await vi.waitFor(() => {
      for (const seqs of heard) expect(seqs).toEqual(written);
    });
  });

  it('[RT5] [RT12] what is written over HTTP at one node reaches the sockets of the other', async () => {
    const [, agent] = await together();
    const added = next(agent, 'annotation:added');
    const customer = await signIn(nodeUrl(0), 'customer@demo.local');
    expect((await customer('POST', '/api/v1/annotations', stamp)).status).toBe(201);
    expect(await added).toMatchObject({ userId: 'customer', type: 'stamp' });
  });

  it('[RT8] [RT12] people, cursors, typing and read marks are seen across nodes', async () => {
    const [customer, agent] = await together();
    const moved = next(agent, 'cursor:moved');
    customer.emit('cursor:move', { ...session, x: 0.25, y: 0.5 });
    expect(await moved).toMatchObject({ userId: 'customer', x: 0.25, y: 0.5 });
    const frame = next(customer, 'cursor:frame');
    agent.emit('cursor:move', { ...session, x: 0.75, y: 0.5 });
    expect(await frame).toMatchObject({ moves: [['agent', 0.75, 0.5, 1]] });
    const typing = next(customer, 'typing:start');
    agent.emit('typing:start', session);
    expect(await typing).toMatchObject({ userId: 'agent' });
    const read = next(agent, 'chat:read');
    customer.emit('chat:read', { ...session, seq: 1 });
    expect(await read).toMatchObject({ userId: 'customer', seq: 1 });
    const idle = next(customer, 'presence:changed');
    agent.emit('presence:update', { ...session, status: 'idle' });
    expect(await idle).toMatchObject({ userId: 'agent', status: 'idle' });
    const left = next(customer, 'user:left');
    agent.emit('session:leave', session);
    expect(await left).toMatchObject({ userId: 'agent', reason: 'left' });
  });

  it('[RT13] [RT16] people at two nodes call each other, and signals keep their order', async () => {
    const [customer, agent] = await together();
    const rung = next(customer, 'call:invite');
    const { callId } = await agent.emitWithAck('call:invite', session);
    expect(await rung).toMatchObject({ callId, from: 'agent' });
    const taken = next(agent, 'call:accept');
    const accepted = await customer.emitWithAck('call:accept', { ...session, callId });
    expect(accepted).toMatchObject({ ok: true, state: 'connected', polite: true, with: 'agent' });
    await taken;
    const ways = [
      { from: customer, at: agent, to: 'agent' },
      { from: agent, at: customer, to: 'customer' },
    ];
    for (const { from, at, to } of ways) {
      const heard: unknown[] = [];
      at.on('call:signal', ({ candidate }) => heard.push(candidate?.sdpMLineIndex ?? null));
      const numbers = Array.from({ length: 20 }, (_, index) => index);
      const candidates = [...numbers.map((sdpMLineIndex) => ({ sdpMLineIndex })), null];
      const acks = candidates.map((candidate) =>
        from.emitWithAck('call:signal', { ...session, to, candidate }),
      );
      expect(new Set((await Promise.all(acks)).map(({ ok }) => ok))).toEqual(new Set([true]));
      await vi.waitFor(() => expect(heard).toEqual([...numbers, null]));
    }
    const over = next(agent, 'call:end');
    await customer.emitWithAck('session:leave', session);
    expect(await over).toMatchObject({ callId, reason: 'left', by: 'customer' });
  });

  it('[RT8] somebody at both nodes is there until the last tab leaves', async () => {
    const [customer, agent] = await together();
    const second = await connect(nodeUrl(0), 'agent');
    await second.emitWithAck('session:join', session);
    const leaving = vi.fn();
    customer.on('user:left', leaving);
    await agent.emitWithAck('session:leave', session);
    const moved = next(customer, 'cursor:frame');
    second.emit('cursor:move', { ...session, x: 0.1, y: 0.1 });
    await moved;
    expect(leaving).not.toHaveBeenCalled();
    await second.emitWithAck('session:leave', session);
    await vi.waitFor(() => expect(leaving).toHaveBeenCalledTimes(1));
  });

  it('[HT6] what is changed at one node is read at the other at once', async () => {
    const [here, there] = [
      await signIn(nodeUrl(0), 'admin@demo.local'),
      await signIn(nodeUrl(1), 'admin@demo.local'),
    ];
    const { body } = await there('GET', '/api/v1/settings');
    const { revision, ...shop } = body as { revision: number; name: string };
    for (const name of ['First name', 'Second name']) {
      const current = (await here('GET', '/api/v1/settings')).body as { revision: number };
      const changed = await here('PUT', '/api/v1/settings', { ...shop, name, revision: current.revision });
      expect(changed.status).toBe(200);
      expect((await there('GET', '/api/v1/settings')).body).toMatchObject({ name });
    }
    expect(revision).toBeGreaterThan(0);
  });

  it('[HT4] the limit is counted over both nodes', async () => {
    const limited = { ...settings(), REDIS_URL: `${redis.url}/1`, RATE_LIMIT_MAX: '5' };
    const [one, two] = [await startServerProcess(limited), await startServerProcess(limited)];
    const statuses: number[] = [];
    for (const { url } of [one, two, one, two, one, two]) {
      statuses.push((await apiOf(url)('GET', '/api/v1/me', undefined, {})).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('[RT12] [EN5] without Redis each node serves its own; when it is back what is missing is delivered', async () => {
    const [customer, agent] = await together();
    const beside = await connect(nodeUrl(0), 'admin');
    await beside.emitWithAck('session:join', session);
    await redis.stop();
    const here = next(beside, 'annotation:added');
    const there = next(agent, 'annotation:added');
    const ack = await customer.emitWithAck('annotation:add', stamp);
    expect(ack).toMatchObject({ ok: true });
    expect(await here).toMatchObject({ id: ack.id });
    const health = apiOf(nodeUrl(0));
    await vi.waitFor(async () =>
      expect((await health('GET', '/health')).body).toMatchObject({
        status: 'degraded',
        engines: { cache: { name: 'redis', healthy: false } },
      }),
    );
    await redis.start();
    expect(await there).toMatchObject({ id: ack.id });
    await vi.waitFor(async () =>
      expect((await health('GET', '/health')).body).toMatchObject({ status: 'healthy' }),
    );
  });

  it('[RT8] [RT16] the people of a node that is killed leave room and call within 20 s, and nothing it acknowledged is lost', async () => {
    const doomed = await startServerProcess(settings());
    const customer = await connect(nodeUrl(0), 'customer');
    await customer.emitWithAck('session:join', session);
    const arrives = next<Person>(customer, 'user:joined');
    const agent = await connect(doomed.url, 'agent');
    await agent.emitWithAck('session:join', session);
    await arrives;
    const ack = await agent.emitWithAck('annotation:add', stamp);
    expect(await agent.emitWithAck('call:invite', session)).toMatchObject({ ok: true, with: 'customer' });
    expect(await customer.emitWithAck('call:accept', session)).toMatchObject({ ok: true });
    const over = next(customer, 'call:end');
    const left = next(customer, 'user:left');
    const killedAt = performance.now();
    await doomed.end('SIGKILL');
    expect(await left).toMatchObject({ userId: 'agent', reason: 'gone' });
    expect(performance.now() - killedAt).toBeLessThan(20_000);
    expect(await over).toMatchObject({ reason: 'left', by: 'agent' });
    const state = await customer.emitWithAck('session:join', session);
    expect(state.annotations.map(({ id }: { id: string }) => id)).toContain(ack.id);
  });

  it('[EN7] a server without Redis is refused beside them', async () => {
    const alone = startTestServer({ DATA_DIR: dataDir, DEMO: '1' });
    onTestFinished(() => alone.then((server) => server.close()).catch(() => undefined));
    await expect(alone).rejects.toThrow('REDIS_URL');
  });
});

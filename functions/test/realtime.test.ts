import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { next } from '../src/testing/next-event.ts';
import { type Api, bodyOf, signIn, startTestServer, type TestServer, tokenOf } from './support/server.ts';

const idOf = z.object({ id: z.string() });
const healthOf = z.object({ websocket: z.object({ connections: z.number(), sessions: z.number() }) });

describe('sockets of a whole server', () => {
  let server: TestServer;
  let customer: Api;
  let agent: Api;
  const open = new Set<Socket>();

  const connect = async (url: string, email: string): Promise<Socket> => {
    const socket = io(url, {
      auth: { token: await tokenOf(url, email) },
      reconnection: false,
      forceNew: true,
    });
    open.add(socket);
    await next(socket, 'connect');
    return socket;
  };

  beforeAll(async () => {
    server = await startTestServer();
    customer = await signIn(server.url, 'customer@demo.local');
    agent = await signIn(server.url, 'agent@demo.local');
  });
  afterEach(() => {
    for (const socket of open) socket.disconnect();
    open.clear();
  });
  afterAll(() => server.close());

  it('[RT2] the lines of the specification work with the demo data', async () => {
    const socket = await connect(server.url, 'customer@demo.local');
    socket.emit('session:join', { sessionId: 'session-123', role: 'participant' });
    const added = new Promise((resolve) => {
      socket.on('annotation:added', (annotation) => resolve(annotation));
    });
    socket.emit('annotation:add', {
      sessionId: 'session-123',
      type: 'pen',
      data: {
        path: [
          [0.1, 0.1],
          [0.2, 0.3],
        ],
      },
    });
    expect(await added).toMatchObject({ sessionId: 'session-123', userId: 'customer', type: 'pen' });
  });

  it('[RT4] customer and agent see each other, and what the other draws, in the order of the log', async () => {
    const [one, two] = await Promise.all(
      ['customer@demo.local', 'agent@demo.local'].map((email) => connect(server.url, email)),
    );
    if (one === undefined || two === undefined) throw new Error('two sockets were asked for');
    const joined = await two.emitWithAck('session:join', { sessionId: 'session-123' });
    expect(joined).toMatchObject({ ok: true, mode: 'snapshot', you: { userId: 'agent', role: 'agent' } });
    const arrives = next(two, 'user:joined');
    await one.emitWithAck('session:join', { sessionId: 'session-123' });
    expect(await arrives).toMatchObject({ participant: { userId: 'customer' } });
    const added = next(two, 'annotation:added');
    const ack = await one.emitWithAck('annotation:add', { type: 'stamp', data: { name: 'ok' } });
    expect(ack).toMatchObject({ ok: true, seq: joined.seq + 1 });
    expect(await added).toMatchObject({ id: ack.id, seq: ack.seq });
  });

  it('[HT1] /health counts connections and sessions', async () => {
    const socket = await connect(server.url, 'customer@demo.local');
    await socket.emitWithAck('session:join', { sessionId: 'session-123' });
    const { websocket } = bodyOf(await customer('GET', '/health'), healthOf);
    expect(websocket.connections).toBeGreaterThanOrEqual(1);
    expect(websocket.sessions).toBe(1);
  });

  it('[RO7] [RT9] a new session is told to its people, and an ended one to those who were in it', async () => {
    const atCustomer = await connect(server.url, 'customer@demo.local');
    const atStranger = await connect(server.url, 'customer2@demo.local');
    let heardByStranger = 0;
    atStranger.onAny(() => {
      heardByStranger += 1;
    });
    const assigned = next<{ sessionId: string; agentId: string }>(atCustomer, 'session:assigned');
    const updates = new Map<string, unknown>();
    const completed = new Promise<void>((resolve) => {
      atCustomer.on('session:updated', (update: { status: string }) => {
        updates.set(update.status, update);
        if (update.status === 'completed') resolve();
      });
    });
    const opened = await customer('POST', '/api/v1/sessions', {
      issue: 'The colours of my flyer look wrong.',
      type: 'live-chat',
    });
    const { id } = bodyOf(opened, idOf);
    const { agentId } = await assigned;
    expect(['agent', 'agent2']).toContain(agentId);
    const assignee = agentId === 'agent' ? agent : await signIn(server.url, `${agentId}@demo.local`);
    expect((await assignee('PATCH', `/api/v1/sessions/${id}`, { status: 'completed' })).status).toBe(200);
    await completed;
    expect([...updates.keys()]).toEqual(['queued', 'active', 'completed']);
    expect(updates.get('completed')).toEqual({ sessionId: id, status: 'completed' });
    await atStranger.emitWithAck('session:leave', {});
    expect(heardByStranger).toBe(0);
  });

  it('[RE5] operations on a session that was completed are refused as closed', async () => {
    const socket = await connect(server.url, 'customer@demo.local');
    const opened = await customer('POST', '/api/v1/sessions', {
      issue: 'How do I reorder?',
      type: 'live-chat',
    });
    const { id } = bodyOf(opened, idOf);
    await socket.emitWithAck('session:join', { sessionId: id });
    expect(await socket.emitWithAck('chat:message', { body: 'hello' })).toMatchObject({ ok: true });
    await customer('PATCH', `/api/v1/sessions/${id}`, { status: 'completed' });
    expect(await socket.emitWithAck('chat:message', { body: 'more' })).toMatchObject({
      ok: false,
      code: 'session_closed',
    });
  });

  it('[HT7] sockets are told that the server drains, and are gone when it has stopped', async () => {
    const other = await startTestServer();
    const socket = await connect(other.url, 'customer@demo.local');
    await socket.emitWithAck('session:join', { sessionId: 'session-123' });
    const draining = next(socket, 'server:draining');
    const gone = next(socket, 'disconnect');
    const closed = other.close();
    expect(await draining).toEqual({ graceMs: 10_000 });
    await gone;
    await closed;
  });
});

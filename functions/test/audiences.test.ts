import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { next } from '../src/testing/next-event.ts';
import { type Api, apiOf, bodyOf, startTestServer, type TestServer, tokenOf } from './support/server.ts';

const names = ['customer', 'customer2', 'agent', 'agent2', 'admin'] as const;
type Name = (typeof names)[number];

const watched = ['queue:position', 'queue:updated', 'session:assigned', 'session:updated', 'session:insight'];

const idOf = z.object({ id: z.string() });

/** Somebody with a socket that is in no room yet, and all that it was told. */
interface Person {
  api: Api;
  socket: Socket;
  heard: [event: string, payload: Record<string, unknown>][];
}

describe('what is told live, and to whom', () => {
  let server: TestServer;
  const people = new Map<Name, Person>();
  const of = (name: Name): Person => {
    const person = people.get(name);
    if (person === undefined) throw new Error(`${name} has not come`);
    return person;
  };

  const come = async (name: Name): Promise<void> => {
    const token = await tokenOf(server.url, `${name}@demo.local`);
    const socket = io(server.url, { auth: { token }, reconnection: false, forceNew: true });
    const heard: Person['heard'] = [];
    socket.onAny((event: string, payload: Record<string, unknown>) => {
      if (watched.includes(event)) heard.push([event, payload]);
    });
    await next(socket, 'connect');
    people.set(name, { api: apiOf(server.url, token), socket, heard });
  };

  /** What somebody heard of an event, about a session if it is about one. */
  const told = (name: Name, event: string, sessionId?: string) =>
    of(name).heard.filter(
      ([heard, payload]) => heard === event && (sessionId === undefined || payload.sessionId === sessionId),
    );

  /** Waits until these have heard of it, and all that was sent to the others has reached them: nothing. */
  const reachesOnly = async (hearers: readonly Name[], event: string, sessionId?: string): Promise<void> => {
    await expect
      .poll(() => names.filter((name) => told(name, event, sessionId).length > 0))
      .toEqual(expect.arrayContaining([...hearers]));
    await Promise.all(names.map((name) => of(name).socket.emitWithAck('typing:stop', {})));
    expect(names.filter((name) => told(name, event, sessionId).length > 0)).toEqual(hearers);
  };

  const open = async (name: Name): Promise<string> => {
    const issue = 'The fonts in my PDF look different in the proof.';
    return bodyOf(await of(name).api('POST', '/api/v1/sessions', { issue, type: 'live-chat' }), idOf).id;
  };

  const forget = (): void => {
    for (const { heard } of people.values()) heard.length = 0;
  };

  const setAgent = (name: 'agent' | 'agent2', change: object) =>
    of(name).api('PUT', `/api/v1/agents/${name}`, change);

  beforeAll(async () => {
    server = await startTestServer();
    for (const name of names) await come(name);
    await setAgent('agent', { status: 'away' });
    await setAgent('agent2', { status: 'away' });
  });
  afterAll(async () => {
    for (const { socket } of people.values()) socket.disconnect();
    await server.close();
  });

  let first = '';

  it('[RO7] a waiting customer is told the place and the wait, staff how many wait, and nobody else anything', async () => {
    first = await open('customer');
    await reachesOnly(['customer'], 'queue:position', first);
    expect(told('customer', 'queue:position', first)[0]?.[1]).toEqual({
      sessionId: first,
      position: 1,
      estimatedWaitSeconds: null,
    });
    await reachesOnly(['agent', 'agent2', 'admin'], 'queue:updated');
    await reachesOnly(['customer'], 'session:updated', first);
    forget();
    const second = await open('customer2');
    await reachesOnly(['customer2'], 'queue:position', second);
    expect(told('customer2', 'queue:position')[0]?.[1]).toMatchObject({ position: 2 });
    expect(told('customer', 'queue:position')).toEqual([]);
    forget();
    await of('customer2').api('PATCH', `/api/v1/sessions/${second}`, { status: 'completed' });
    await reachesOnly(['customer2'], 'session:updated', second);
    await expect.poll(() => told('agent2', 'queue:updated').at(-1)?.[1]).toEqual({ queued: 1 });
  });

  it('[RO7] an assignment is told to the customer and to the agent who got it', async () => {
    forget();
    await setAgent('agent', { status: 'online' });
    await reachesOnly(['customer', 'agent'], 'session:assigned', first);
    expect(told('customer', 'session:assigned')[0]?.[1]).toEqual({ sessionId: first, agentId: 'agent' });
    await reachesOnly(['customer', 'agent'], 'session:updated', first);
    await reachesOnly(['agent', 'agent2', 'admin'], 'queue:updated');
  });

  it('[RT14] the mood of the customer is told to staff in the room', async () => {
    forget();
    for (const name of ['customer', 'agent', 'admin'] as const) {
      expect(await of(name).socket.emitWithAck('session:join', { sessionId: first })).toMatchObject({
        ok: true,
      });
    }
    const body = 'This is the third time it is wrong. I am furious, this is unacceptable!';
    await of('customer').socket.emitWithAck('chat:message', { body });
    await reachesOnly(['agent', 'admin'], 'session:insight', first);
    expect(told('agent', 'session:insight')[0]?.[1]).toMatchObject({ sentiment: 'negative' });
  });

  it('[RT9] a change of the session is told to its people and to whoever is in the room, once each', async () => {
    forget();
    await of('agent').api('POST', `/api/v1/sessions/${first}/escalate`, {});
    await reachesOnly(['customer', 'agent', 'admin'], 'session:updated', first);
    forget();
    await of('customer').api('PATCH', `/api/v1/sessions/${first}`, { status: 'completed' });
    await expect
      .poll(() => told('customer', 'session:updated', first).at(-1)?.[1])
      .toMatchObject({
        status: 'completed',
      });
    await Promise.all(names.map((name) => of(name).socket.emitWithAck('typing:stop', {})));
    expect(told('admin', 'session:updated', first)).toHaveLength(
      told('customer', 'session:updated', first).length,
    );
    expect([...told('customer2', 'session:updated'), ...told('agent2', 'session:updated', first)]).toEqual(
      [],
    );
  });
});

describe('a customer who has gone silent on a whole server', () => {
  it('[RE9] reads the warning in the room, and then that the session has ended', async () => {
    const server = await startTestServer({ ABANDON_AFTER_MS: '1000' });
    const connect = async (name: string) => {
      const token = await tokenOf(server.url, `${name}@demo.local`);
      const socket = io(server.url, { auth: { token }, reconnection: false, forceNew: true });
      expect(await socket.emitWithAck('session:join', { sessionId: 'session-123' })).toMatchObject({
        ok: true,
      });
      return socket;
    };
    const [customer, agent] = await Promise.all([connect('customer'), connect('agent')]);
    const warned = new Promise((resolve) => {
      customer.on('chat:message', (message) => message.by === 'system' && resolve(message));
    });
    const ended = new Promise((resolve) => {
      customer.on('session:updated', ({ status }) => status === 'completed' && resolve(status));
    });
    await agent.emitWithAck('chat:message', { body: 'Which page is it?' });
    expect(await warned).toMatchObject({ sessionId: 'session-123', visibility: 'public' });
    expect(await ended).toBe('completed');
    expect(await customer.emitWithAck('chat:message', { body: 'Page 2' })).toMatchObject({
      code: 'session_closed',
    });
    customer.disconnect();
    agent.disconnect();
    await server.close();
  });
});

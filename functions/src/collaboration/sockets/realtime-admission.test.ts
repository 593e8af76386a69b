import { io, Manager } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { holdStates } from '../../testing/memory-rooms.ts';
import { next } from '../../testing/next-event.ts';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';
import { defaultEventRates } from './event-rates.ts';

const join = { sessionId: 's1' };

describe('who may use a socket, and how long', () => {
  let desk: RealtimeHarness;
  afterEach(() => desk.close());

  it('[RT9] without a valid token nobody connects, and the refusal says why', async () => {
    desk = await startRealtime();
    for (const token of ['', 'nonsense', 'customer-']) {
      const refused = desk.connect(token);
      await expect(refused).rejects.toMatchObject({ data: { ok: false, code: 'not_authenticated' } });
    }
    const other = desk.connect('customer-anna', { auth: { proto: 99 } });
    await expect(other).rejects.toMatchObject({ data: { code: 'malformed_request' } });
    expect(desk.realtime.counts().connections).toBe(0);
  });

  it('[RT9] polling connects as websockets do', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna', { transports: ['polling'] });
    expect(await anna.emitWithAck('session:join', join)).toMatchObject({ ok: true });
  });

  it('[RO6] who is connected is told at once, every 15 seconds and at the end', async () => {
    desk = await startRealtime();
    const ben = await desk.connect('agent-ben');
    expect(desk.present).toEqual(['ben']);
    desk.timers.advance(15_000);
    expect(desk.present).toEqual(['ben', 'ben']);
    ben.disconnect();
    await expect.poll(() => desk.present).toEqual(['ben', 'ben', 'ben']);
    desk.timers.advance(60_000);
    expect(desk.present).toHaveLength(3);
  });

  it('[RT10] connections of one address are limited before anybody signs in', async () => {
    const limits = { connectionsPerAddress: 2, handshakeMs: 5_000, messageBytes: 10_000 };
    desk = await startRealtime({ limits });
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await expect(desk.connect('admin-ada')).rejects.toThrow();
    anna.disconnect();
    while (desk.realtime.counts().connections > 1) await settled(ben);
    const ada = await desk.connect('admin-ada');
    expect(ada.connected).toBe(true);
  });

  it('[RT10] who does not sign in within the handshake time is disconnected', async () => {
    const limits = { connectionsPerAddress: 9, handshakeMs: 100, messageBytes: 10_000 };
    desk = await startRealtime({ limits });
    const silent = new Manager(desk.url, { reconnection: false, autoConnect: false });
    const closed = new Promise((resolve) => silent.on('close', resolve));
    silent.connect();
    expect(await closed).toBe('transport close');
  });

  it('[RT10] a message beyond the limit ends its connection and no other', async () => {
    const limits = { connectionsPerAddress: 9, handshakeMs: 5_000, messageBytes: 10_000 };
    desk = await startRealtime({ limits });
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    const gone = next(anna, 'disconnect');
    anna.emit('chat:message', { ...join, body: 'x'.repeat(20_000) });
    await gone;
    expect(await ben.emitWithAck('session:join', join)).toMatchObject({ ok: true });
  });

  it('[RT9] a minute before the end the holder is told, and another token continues', async () => {
    desk = await startRealtime();
    desk.expireAt('customer-anna', desk.clock.now() + 120_000);
    const anna = await desk.connect('customer-anna');
    const warnings = record(anna, 'auth:expiring');
    desk.timers.advance(59_000);
    await anna.emitWithAck('support:preview', { text: 'x' });
    expect(warnings).toEqual([]);
    desk.timers.advance(2_000);
    await anna.emitWithAck('support:preview', { text: 'x' });
    expect(warnings).toEqual([['auth:expiring', { expiresAt: '2026-01-31T09:32:00.000Z' }]]);
    expect(await anna.emitWithAck('auth:renew', { token: 'customer-anna-again' })).toMatchObject({
      ok: true,
      expiresAt: '2026-01-31T10:31:01.000Z',
    });
    desk.timers.advance(120_000);
    expect(await anna.emitWithAck('session:join', join)).toMatchObject({ ok: true });
  });

  it('[RT9] a connection is in 50 sessions; one more is refused for good, until another one is left', async () => {
    desk = await startRealtime({ rates: { ...defaultEventRates, reads: { perSecond: 100, burst: 100 } } });
    const anna = await desk.connect('customer-anna');
    const ids = Array.from({ length: 51 }, (_, index) => `many-${index}`);
    for (const id of ids)
      desk.rooms.sessions.set(id, { customerId: 'anna', agentId: 'ben', status: 'active' });
    const enter = (sessionId = '') => anna.emitWithAck('session:join', { sessionId });
    for (const id of ids.slice(0, 50)) expect(await enter(id)).toMatchObject({ ok: true });
    const refused = await enter(ids[50]);
    expect(refused).toMatchObject({ ok: false, code: 'too_many_sessions', retryable: false });
    expect(refused).toMatchObject({ message: expect.stringContaining('Leave another session first') });
    expect(await enter(ids[0])).toMatchObject({ ok: true });
    await anna.emitWithAck('session:leave', { sessionId: ids[0] });
    expect(await enter(ids[50])).toMatchObject({ ok: true });
  });

  it('[RT9] a token of somebody else does not continue a connection', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    expect(await anna.emitWithAck('auth:renew', { token: 'agent-ben' })).toMatchObject({ code: 'forbidden' });
    expect(await anna.emitWithAck('auth:renew', { token: 'x' })).toMatchObject({ code: 'not_authenticated' });
  });

  it('[RT9] an expired token is cut off and its user is gone at once', async () => {
    desk = await startRealtime();
    desk.expireAt('customer-anna', desk.clock.now() + 120_000);
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    const told = next(anna, 'error');
    const gone = next(anna, 'disconnect');
    const left = next(ben, 'user:left');
    desk.timers.advance(120_000);
    expect(await told).toMatchObject({ ok: false, code: 'not_authenticated' });
    expect(await gone).toBe('io server disconnect');
    expect(await left).toEqual({ sessionId: 's1', userId: 'anna', reason: 'gone' });
  });

  it('[RT9] a revoked token is cut off within 30 s', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    desk.revoke('customer-anna');
    const gone = next(anna, 'disconnect');
    desk.timers.advance(30_000);
    expect(await gone).toBe('io server disconnect');
  });

  it('[RT9] when nobody can say whether a token holds, its connection stays', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    desk.breakVerification();
    desk.timers.advance(30_000);
    expect(await anna.emitWithAck('session:join', join)).toMatchObject({ ok: true });
  });

  it('[RT9] who takes part no more is shown out and hears nothing further', async () => {
    desk = await startRealtime();
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    desk.rooms.sessions.set('s1', { customerId: 'anna', agentId: 'dan', status: 'active' });
    const told = next(ben, 'error');
    const left = next(anna, 'user:left');
    desk.live.publish(
      { sessionId: 's1' },
      { event: 'session:assigned', payload: { sessionId: 's1', agentId: 'dan' } },
    );
    expect(await told).toMatchObject({ code: 'forbidden', sessionId: 's1' });
    expect(await left).toMatchObject({ userId: 'ben', reason: 'gone' });
    const heard = record(ben, 'chat:message');
    await anna.emitWithAck('chat:message', { body: 'for dan only' });
    expect(await ben.emitWithAck('typing:start', join)).toMatchObject({ code: 'not_joined' });
    expect(heard).toEqual([]);
  });

  it('[RT9] who takes part no more is gone at once, though the connection broke before', async () => {
    desk = await startRealtime();
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    ben.io.engine.close();
    await expect.poll(() => desk.realtime.counts().connections).toBe(1);
    const left = record(anna, 'user:left');
    await settled(anna);
    expect(left).toEqual([]);
    desk.rooms.sessions.set('s1', { customerId: 'anna', agentId: 'dan', status: 'active' });
    await anna.emitWithAck('annotation:add', { ...join, type: 'pen', data: {} });
    await settled(anna);
    expect(left).toMatchObject([['user:left', { userId: 'ben', reason: 'gone' }]]);
  });

  it('[RT9] who takes part no more does not hear of the commit that says so', async () => {
    desk = await startRealtime();
    const [anna, ben] = await Promise.all(['customer-anna', 'agent-ben'].map((token) => desk.connect(token)));
    if (anna === undefined || ben === undefined) throw new Error('two sockets were asked for');
    await ben.emitWithAck('session:join', join);
    const heard = record(ben, 'annotation:added', 'session:tick');
    desk.rooms.sessions.set('s1', { customerId: 'anna', agentId: 'gina', status: 'active' });
    const shownOut = next(ben, 'error');
    await anna.emitWithAck('annotation:add', { ...join, type: 'pen', data: {} });
    expect(await shownOut).toMatchObject({ code: 'forbidden', sessionId: 's1' });
    await settled(ben);
    expect(heard).toEqual([]);
  });

  it('[RT9] a stranger who is about to join hears nothing but the answer', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    const carl = await desk.connect('customer-carl');
    const heard: string[] = [];
    carl.onAny((event: string) => heard.push(event));
    let release = () => {};
    const asked = new Promise<void>((reached) => {
      desk.rooms.beforeState = () => {
        reached();
        return new Promise((resolve) => {
          release = resolve;
        });
      };
    });
    const answer = carl.emitWithAck('session:join', join);
    await asked;
    await anna.emitWithAck('annotation:add', { ...join, type: 'pen', data: {} });
    release();
    expect(await answer).toMatchObject({ ok: false, code: 'not_found' });
    await settled(carl);
    expect(heard).toEqual([]);
  });

  it('[RT9] joins that are refused let nothing of what came with them into the room', async () => {
    desk = await startRealtime();
    const [anna, carl] = await Promise.all(
      ['customer-anna', 'customer-carl'].map((token) => desk.connect(token)),
    );
    if (anna === undefined || carl === undefined) throw new Error('two sockets were asked for');
    await anna.emitWithAck('session:join', join);
    const heard = record(anna, 'typing:start', 'cursor:moved', 'chat:read');
    const answers = await Promise.all([
      carl.emitWithAck('session:join', join),
      carl.emitWithAck('session:join', join),
      carl.emitWithAck('typing:start', join),
      carl.emitWithAck('cursor:move', { ...join, x: 0.5, y: 0.5 }),
      carl.emitWithAck('session:join', join),
    ]);
    expect(answers.map(({ ok, code }) => ok || code)).toEqual([
      'not_found',
      'not_found',
      'not_joined',
      'not_joined',
      'not_found',
    ]);
    desk.timers.advance(1_000);
    await settled(anna);
    expect(heard).toEqual([]);
  });

  it('[RT9] who takes part no more while they join is told so', async () => {
    desk = await startRealtime();
    const [anna, ben] = await Promise.all(['customer-anna', 'agent-ben'].map((token) => desk.connect(token)));
    if (anna === undefined || ben === undefined) throw new Error('two sockets were asked for');
    const held = holdStates(desk.rooms);
    const answer = ben.emitWithAck('session:join', join);
    await held.reached;
    desk.rooms.sessions.set('s1', { customerId: 'anna', agentId: 'gina', status: 'active' });
    await anna.emitWithAck('annotation:add', { ...join, type: 'pen', data: {} });
    held.release();
    expect(await answer).toMatchObject({ ok: false, code: 'forbidden' });
  });

  it('[HT7] at a stop everybody is told, what is under way is answered, and new events are refused', async () => {
    desk = await startRealtime();
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    const held = holdStates(desk.rooms);
    const joined = anna.emitWithAck('session:join', join);
    await held.reached;
    const draining = next(ben, 'server:draining');
    const drained = desk.realtime.drain(5_000);
    expect(await draining).toEqual({ graceMs: 5_000 });
    expect(await ben.emitWithAck('session:join', join)).toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    const gone = next(ben, 'disconnect');
    held.release();
    expect(await joined).toMatchObject({ ok: true });
    await Promise.all([gone, drained]);
    expect(desk.realtime.counts().connections).toBe(0);
    const late = io(desk.url, { auth: { token: 'agent-ben' }, reconnection: false, forceNew: true });
    await next(late, 'connect_error');
  });
});

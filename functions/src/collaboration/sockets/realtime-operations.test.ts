import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next } from '../../testing/next-event.ts';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';

const join = { sessionId: 's1' };
const pen = (opId: string) => ({ sessionId: 's1', type: 'pen', data: { path: [[0.1, 0.2]] }, opId });

describe('operations over a socket', () => {
  let desk: RealtimeHarness;
  beforeEach(async () => {
    desk = await startRealtime();
  });
  afterEach(() => desk.close());

  it('[RT2] the lines of the specification work as they are written', async () => {
    const socket = await desk.connect('customer-anna');
    const added = next(socket, 'annotation:added');
    socket.emit('session:join', { sessionId: 's1', role: 'participant' });
    socket.emit('annotation:add', { sessionId: 's1', type: 'pen', data: { path: [] } });
    await socket.emitWithAck('session:sync', { since: 0 });
    expect(await added).toMatchObject({ sessionId: 's1', userId: 'anna', type: 'pen', seq: 1 });
  });

  it('[RT2] the ack names operation, record and place', async () => {
    const anna = await desk.connect('customer-anna');
    const ack = await anna.emitWithAck('annotation:add', pen('op-1'));
    expect(ack).toEqual({
      ok: true,
      opId: 'op-1',
      id: 'annotation-1',
      seq: 1,
      rev: 1,
      at: '2026-01-31T09:30:00.000Z',
    });
    expect(await anna.emitWithAck('annotation:add', pen('op-1'))).toEqual({ ...ack, dup: true });
  });

  it('[RT2] operations of one socket keep their order, acknowledged or not', async () => {
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await ben.emitWithAck('session:join', join);
    const got = record(ben, 'annotation:added');
    const names = Array.from({ length: 40 }, (_, index) => `op-${index}`);
    for (const name of names) anna.emit('annotation:add', pen(name));
    await anna.emitWithAck('annotation:add', pen('last'));
    await settled(ben);
    expect(got.map(([, payload]) => (payload as { opId: string }).opId)).toEqual([...names, 'last']);
  });

  it('[RT5] what another way writes to a room reaches its sockets', async () => {
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('session:join', join);
    const added = next(anna, 'annotation:added');
    const ben = { uid: 'ben', email: 'ben@test.local', name: 'Ben', role: 'agent' } as const;
    await desk.rooms.apply(ben, 's1', { name: 'annotation:add', type: 'stamp', data: null });
    expect(await added).toMatchObject({ userId: 'ben', type: 'stamp' });
  });

  it('[RT14] a staff note reaches staff, and customers as a tick in its place', async () => {
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    const atAnna = record(anna, 'chat:message', 'session:tick');
    const atBen = record(ben, 'chat:message', 'session:tick');
    await ben.emitWithAck('chat:message', { body: 'secret', visibility: 'staff' });
    await ben.emitWithAck('chat:message', { body: 'hello' });
    await Promise.all([settled(anna), settled(ben)]);
    expect(atBen).toMatchObject([
      ['chat:message', { body: 'secret', seq: 1 }],
      ['chat:message', { body: 'hello', seq: 2 }],
    ]);
    expect(atAnna).toMatchObject([
      ['session:tick', { seq: 1 }],
      ['chat:message', { body: 'hello', seq: 2 }],
    ]);
    expect(JSON.stringify(atAnna)).not.toContain('secret');
  });

  it('[RT9] the session may be left out by a socket that is in exactly one', async () => {
    const anna = await desk.connect('customer-anna');
    const message = { body: 'hello' };
    expect(await anna.emitWithAck('chat:message', message)).toMatchObject({ ok: false, code: 'not_joined' });
    await anna.emitWithAck('session:join', join);
    expect(await anna.emitWithAck('chat:message', message)).toMatchObject({ ok: true });
    await anna.emitWithAck('session:join', { sessionId: 's2' });
    expect(await anna.emitWithAck('chat:message', message)).toMatchObject({
      ok: false,
      code: 'validation_failed',
    });
    expect(await anna.emitWithAck('chat:message', { ...message, sessionId: 's2' })).toMatchObject({
      ok: true,
    });
  });

  it('[RT9] a second tab of the same user hears what the first does, and so does the first', async () => {
    const tabs = await Promise.all([desk.connect('customer-anna'), desk.connect('customer-anna')]);
    await Promise.all(tabs.map((tab) => tab.emitWithAck('session:join', join)));
    const heard = tabs.map((tab) => next(tab, 'annotation:added'));
    await tabs[0].emitWithAck('annotation:add', pen('op-1'));
    expect(await Promise.all(heard)).toMatchObject([{ opId: 'op-1' }, { opId: 'op-1' }]);
  });

  it('[RT9] sockets of other sessions hear nothing', async () => {
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await anna.emitWithAck('session:join', join);
    await ben.emitWithAck('session:join', { sessionId: 's2' });
    let heard = 0;
    ben.onAny(() => {
      heard += 1;
    });
    await anna.emitWithAck('annotation:add', pen('op-1'));
    await anna.emitWithAck('cursor:move', { x: 0.5, y: 0.5 });
    desk.timers.advance(40);
    await settled(ben);
    expect(heard).toBe(0);
  });

  it('[RE5] a completed session refuses operations and stays to be read', async () => {
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('session:join', join);
    desk.rooms.sessions.set('s1', { customerId: 'anna', agentId: 'ben', status: 'completed' });
    expect(await anna.emitWithAck('annotation:add', pen('op-1'))).toMatchObject({
      ok: false,
      code: 'session_closed',
      retryable: false,
    });
    expect(await anna.emitWithAck('session:sync', { since: 0 })).toMatchObject({ ok: true });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next } from '../../testing/next-event.ts';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';

const join = { sessionId: 's1' };

describe('what only the moment needs, over sockets', () => {
  let desk: RealtimeHarness;
  beforeEach(async () => {
    desk = await startRealtime();
  });
  afterEach(() => desk.close());

  const joined = async (token: string, caps: string[] = []) => {
    const socket = await desk.connect(token);
    await socket.emitWithAck('session:join', { ...join, caps });
    return socket;
  };

  it('[RT7] moves within a frame go out together, the last of each user, one packet for those who can', async () => {
    const [anna, ben, ada] = await Promise.all([
      joined('customer-anna'),
      joined('agent-ben', ['frames']),
      joined('admin-ada', ['frames', 'unknown']),
    ]);
    const atBen = record(ben, 'cursor:frame', 'cursor:moved');
    const atAnna = record(anna, 'cursor:frame', 'cursor:moved');
    for (const x of [0.1, 0.2, 0.3]) anna.emit('cursor:move', { x, y: 0.5 });
    for (const x of [0.6, 0.7]) ada.emit('cursor:move', { x, y: 0.5, page: 2 });
    await Promise.all([settled(anna), settled(ada)]);
    desk.timers.advance(40);
    await Promise.all([settled(anna), settled(ben)]);
    const moves = [
      ['anna', 0.3, 0.5, 1],
      ['ada', 0.7, 0.5, 2],
    ];
    const [frame] = atBen;
    expect(atBen).toHaveLength(1);
    expect(frame).toEqual(['cursor:frame', { sessionId: 's1', moves: expect.arrayContaining(moves) }]);
    expect(atAnna.map(([event]) => event)).toEqual(['cursor:moved', 'cursor:moved']);
    expect(atAnna.map(([, payload]) => payload)).toContainEqual({
      sessionId: 's1',
      userId: 'ada',
      x: 0.7,
      y: 0.5,
      page: 2,
    });
  });

  it('[RE9] what somebody does and nothing keeps is told, an open connection is not', async () => {
    const [anna] = await Promise.all([joined('customer-anna'), joined('agent-ben')]);
    desk.timers.advance(60_000);
    expect(desk.activities).toEqual([]);
    for (const [event, payload] of [
      ['cursor:move', { x: 0, y: 0 }],
      ['typing:start', {}],
      ['chat:read', { seq: 1 }],
      ['presence:update', { status: 'active' }],
    ] as const) {
      await anna.emitWithAck(event, payload);
    }
    expect(desk.activities).toEqual(Array.from({ length: 4 }, () => 'anna s1'));
  });

  it('[RT7] the last position arrives even when nothing follows it, and no sooner than a frame', async () => {
    const [anna, ben] = await Promise.all([joined('customer-anna'), joined('agent-ben')]);
    const got = record(ben, 'cursor:moved');
    const moveTo = async (x: number) => {
      await anna.emitWithAck('cursor:move', { x, y: 0 });
    };
    await moveTo(0.1);
    desk.timers.advance(0);
    await moveTo(0.2);
    await moveTo(0.3);
    desk.timers.advance(39);
    await settled(ben);
    expect(got.map(([, move]) => (move as { x: number }).x)).toEqual([0.1]);
    desk.timers.advance(1);
    await settled(ben);
    expect(got.map(([, move]) => (move as { x: number }).x)).toEqual([0.1, 0.3]);
  });

  it('[RT7] the newest preview of a drawing goes out with the frame', async () => {
    const [anna, ben] = await Promise.all([joined('customer-anna'), joined('agent-ben')]);
    const drawing = next(ben, 'annotation:drawing');
    anna.emit('annotation:draw', { id: 'a1', points: [[0, 0]] });
    await anna.emitWithAck('annotation:draw', {
      id: 'a1',
      points: [
        [0, 0],
        [0.5, 0.5],
      ],
    });
    desk.timers.advance(40);
    const points = [
      [0, 0],
      [0.5, 0.5],
    ];
    expect(await drawing).toEqual({ sessionId: 's1', userId: 'anna', id: 'a1', points });
  });

  it('[RT8] typing is told once, ends by itself after 6 s, and at once when somebody leaves', async () => {
    const [anna, ben] = await Promise.all([joined('customer-anna'), joined('agent-ben')]);
    const got = record(ben, 'typing:start', 'typing:stop');
    await anna.emitWithAck('typing:start', {});
    desk.timers.advance(5_000);
    await anna.emitWithAck('typing:start');
    desk.timers.advance(5_999);
    await settled(ben);
    expect(got).toEqual([['typing:start', { sessionId: 's1', userId: 'anna' }]]);
    desk.timers.advance(1);
    await anna.emitWithAck('typing:start', {});
    await anna.emitWithAck('session:leave', {});
    await settled(ben);
    expect(got.map(([event]) => event)).toEqual([
      'typing:start',
      'typing:stop',
      'typing:start',
      'typing:stop',
    ]);
  });

  it('[RT8] an explicit leave is told at once, but not while another tab is there', async () => {
    const [first, second, ben] = await Promise.all([
      joined('customer-anna'),
      joined('customer-anna'),
      joined('agent-ben'),
    ]);
    const got = record(ben, 'user:left');
    await first.emitWithAck('session:leave', {});
    await settled(ben);
    expect(got).toEqual([]);
    const left = next(ben, 'user:left');
    second.disconnect();
    expect(await left).toEqual({ sessionId: 's1', userId: 'anna', reason: 'left' });
  });

  it('[RT8] who breaks off is gone after 15 s, and who is back before that never left', async () => {
    const ben = await joined('agent-ben');
    const got = record(ben, 'user:joined', 'user:left');
    const breakOff = async () => {
      const anna = await joined('customer-anna');
      anna.io.engine.close();
      while (desk.realtime.counts().connections > 1) await settled(ben);
    };
    await breakOff();
    desk.timers.advance(14_999);
    await breakOff();
    desk.timers.advance(14_999);
    await settled(ben);
    expect(got.map(([event]) => event)).toEqual(['user:joined']);
    const again = await ben.emitWithAck('session:join', join);
    expect(again.participants).toMatchObject([{ userId: 'ben' }, { userId: 'anna' }]);
    desk.timers.advance(1);
    await settled(ben);
    expect(got.at(-1)).toEqual(['user:left', { sessionId: 's1', userId: 'anna', reason: 'gone' }]);
  });

  it('[RT8] a user is as attentive as on the most attentive tab', async () => {
    const [first, second, ben] = await Promise.all([
      joined('customer-anna'),
      joined('customer-anna'),
      joined('agent-ben'),
    ]);
    const got = record(ben, 'presence:changed');
    await first.emitWithAck('presence:update', { status: 'away' });
    await second.emitWithAck('presence:update', { status: 'idle' });
    await second.emitWithAck('session:leave', {});
    await settled(ben);
    expect(got.map(([, payload]) => (payload as { status: string }).status)).toEqual(['idle', 'away']);
  });

  it('[RT8] what somebody has read is told, never backwards, and to those who come later', async () => {
    const [anna, ben] = await Promise.all([joined('customer-anna'), joined('agent-ben')]);
    for (const body of ['one', 'two']) await anna.emitWithAck('chat:message', { body });
    const got = record(anna, 'chat:read');
    for (const seq of [2, 1, 900]) await ben.emitWithAck('chat:read', { seq });
    await settled(anna);
    expect(got).toEqual([['chat:read', { sessionId: 's1', userId: 'ben', seq: 2 }]]);
    const ada = await desk.connect('admin-ada');
    const read = next(ada, 'chat:read');
    await ada.emitWithAck('session:join', join);
    expect(await read).toEqual({ sessionId: 's1', userId: 'ben', seq: 2 });
  });

  it('[RT10] events for a room that the socket is not in are refused', async () => {
    const anna = await desk.connect('customer-anna');
    await joined('agent-ben');
    for (const [event, payload] of [
      ['cursor:move', { ...join, x: 0, y: 0 }],
      ['typing:start', join],
      ['chat:read', { ...join, seq: 1 }],
      ['session:sync', { ...join, since: 0 }],
      ['session:leave', {}],
    ] as const) {
      expect(await anna.emitWithAck(event, payload)).toMatchObject({ ok: false, code: 'not_joined' });
    }
  });

  it('[RT8] a room that everybody has left is forgotten', async () => {
    const anna = await joined('customer-anna');
    expect(desk.realtime.counts()).toEqual({ connections: 1, sessions: 1 });
    await anna.emitWithAck('session:leave', {});
    expect(desk.realtime.counts()).toEqual({ connections: 1, sessions: 0 });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next } from '../../testing/next-event.ts';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';

const join = { sessionId: 's1' };

describe('a session at two nodes', () => {
  let here: RealtimeHarness;
  let there: RealtimeHarness;
  beforeEach(async () => {
    here = await startRealtime();
    there = await startRealtime({ beside: here });
  });
  afterEach(() => Promise.all([here, there].map((node) => node.close())));

  const joined = async (node: RealtimeHarness, token: string) => {
    const socket = await node.connect(token);
    await socket.emitWithAck('session:join', { ...join, caps: ['frames'] });
    return socket;
  };

  it('[RT7] [RT12] what moves at either node comes in one frame', async () => {
    const anna = await joined(here, 'customer-anna');
    const ben = await joined(there, 'agent-ben');
    const ada = await joined(there, 'admin-ada');
    await ben.emitWithAck('cursor:move', { x: 0, y: 0 });
    here.timers.advance(0);
    await settled(ada);
    const frames = record(ada, 'cursor:frame');
    await anna.emitWithAck('cursor:move', { x: 0.1, y: 0.5 });
    await ben.emitWithAck('cursor:move', { x: 0.2, y: 0.5 });
    here.timers.advance(50);
    await settled(ada);
    const moves = [
      ['ben', 0.2, 0.5, 1],
      ['anna', 0.1, 0.5, 1],
    ];
    expect(frames).toEqual([['cursor:frame', { ...join, moves: expect.arrayContaining(moves) }]]);
  });

  it('[RT7] [RT8] whoever has left does not move any more at the other node', async () => {
    const anna = await joined(here, 'customer-anna');
    const ben = await joined(there, 'agent-ben');
    const frames = record(ben, 'cursor:frame');
    const left = next(ben, 'user:left');
    anna.emit('cursor:move', { x: 0.1, y: 0.5 });
    await anna.emitWithAck('session:leave', join);
    await left;
    here.timers.advance(100);
    await settled(ben);
    expect(frames).toEqual([]);
  });
});

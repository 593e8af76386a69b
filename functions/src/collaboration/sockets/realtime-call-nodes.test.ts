import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next } from '../../testing/next-event.ts';
import {
  iceServers,
  type RealtimeHarness,
  record,
  settled,
  startRealtime,
} from '../../testing/realtime-harness.ts';
import { presenceGraceMs } from './presence.ts';
import { ringMs } from './room-call.ts';
import { answerMs } from './shared-call.ts';

const callNames = ['call:invite', 'call:accept', 'call:decline', 'call:end', 'call:signal'];
const session = { customerId: 'anna', agentId: 'ben', type: 'video-call' } as const;
/** Later than any dead node is noticed. */
const noticedMs = 20_000;

describe('calls between nodes', () => {
  let nodes: [RealtimeHarness, RealtimeHarness, RealtimeHarness];
  beforeEach(async () => {
    const first = await startRealtime({ session });
    const beside = { session, beside: first };
    nodes = [first, await startRealtime(beside), await startRealtime(beside)];
  });
  afterEach(() => Promise.all(nodes.map((node) => node.close())));

  const joined = async (node: number, token: string) => {
    const socket = await (nodes[node] as RealtimeHarness).connect(token);
    await socket.emitWithAck('session:join', { sessionId: 's1' });
    return Object.assign(socket, { heard: record(socket, ...callNames) });
  };
  const advance = (milliseconds: number): void => nodes[0].timers.advance(milliseconds);
  const ends = (socket: Socket) => next<{ reason: string; by?: string }>(socket, 'call:end');

  /** Anna at one node has called Ben at another, who has accepted. */
  const connected = async (hers: number, his: number) => {
    const anna = await joined(hers, 'customer-anna');
    const ben = await joined(his, 'agent-ben');
    const { callId } = await anna.emitWithAck('call:invite', {});
    await ben.emitWithAck('call:accept', { callId });
    return { anna, ben, callId: String(callId) };
  };

  it.each([
    ['the caller', 0, 1],
    ['the callee', 1, 0],
  ])('[RT13] [RT16] is as at one node when the node of %s keeps it', async (_, hers, his) => {
    const anna = await joined(hers, 'customer-anna');
    const ben = await joined(his, 'agent-ben');
    const rung = next(ben, 'call:invite');
    const invited = await anna.emitWithAck('call:invite', {});
    const { callId } = invited;
    expect(invited).toEqual({ ok: true, callId, with: 'ben', state: 'ringing', polite: false, iceServers });
    const place = { sessionId: 's1', callId };
    expect(await rung).toEqual({ ...place, from: 'anna', name: 'ANNA' });
    const taken = next(anna, 'call:accept');
    const accepted = await ben.emitWithAck('call:accept', { callId });
    expect(accepted).toEqual({ ...invited, with: 'anna', state: 'connected', polite: true });
    expect(await taken).toEqual({ ...place, by: 'ben' });
    const description = { type: 'offer', sdp: 'v=0\r\n' };
    const [atBen, atAnna] = [next(ben, 'call:signal'), next(anna, 'call:signal')];
    expect(await anna.emitWithAck('call:signal', { to: 'ben', description })).toEqual({ ok: true });
    expect(await ben.emitWithAck('call:signal', { to: 'anna', candidate: null })).toEqual({ ok: true });
    expect(await atBen).toEqual({ ...place, from: 'anna', description });
    expect(await atAnna).toEqual({ ...place, from: 'ben', candidate: null });
    const over = ends(anna);
    expect(await ben.emitWithAck('call:end', { callId })).toEqual({ ok: true });
    expect(await over).toEqual({ ...place, reason: 'ended', by: 'ben' });
    await settled(ben);
    expect(ben.heard.map(([event]) => event)).toEqual(['call:invite', 'call:signal']);
    expect(await ben.emitWithAck('call:end', { callId })).toMatchObject({ ok: false, code: 'not_found' });
  });

  it('[RT16] two invitations that cross between nodes become one call', async () => {
    const people = [await joined(1, 'customer-anna'), await joined(2, 'agent-ben')];
    const answers = await Promise.all(people.map((socket) => socket.emitWithAck('call:invite', {})));
    expect(new Set(answers.map(({ callId }) => callId)).size).toBe(1);
    expect(answers.map(({ polite }) => polite).sort()).toEqual([false, true]);
    expect(answers.map(({ state }) => state).sort()).toEqual(['connected', 'ringing']);
  });

  it('[RT16] it rings on the devices at every node, and declining on one silences the others', async () => {
    const anna = await joined(1, 'customer-anna');
    const devices = [await joined(0, 'agent-ben'), await joined(2, 'agent-ben')] as const;
    const rung = Promise.all(devices.map((device) => next(device, 'call:invite')));
    const { callId } = await anna.emitWithAck('call:invite', {});
    await rung;
    const declined = next(anna, 'call:decline');
    const silenced = ends(devices[0]);
    await devices[1].emitWithAck('call:decline', { callId });
    expect(await declined).toMatchObject({ by: 'ben' });
    expect(await silenced).toMatchObject({ callId, reason: 'declined' });
    await anna.emitWithAck('call:invite', {});
    const unanswered = Promise.all([anna, ...devices].map(ends));
    advance(ringMs);
    expect((await unanswered).map(({ reason }) => reason)).toEqual(Array(3).fill('unanswered'));
  });

  it('[RT16] nobody there to call and somebody in a call already are answered as at one node', async () => {
    const anna = await joined(1, 'customer-anna');
    const ada = await joined(0, 'admin-ada');
    const other = await joined(2, 'admin-eve');
    expect(await anna.emitWithAck('call:invite', { to: 'ben' })).toMatchObject({ code: 'callee_offline' });
    await ada.emitWithAck('call:invite', {});
    expect(await other.emitWithAck('call:invite', {})).toMatchObject({ code: 'call_busy', retryable: true });
  });

  it('[RT16] a call goes on at a node that its own people have left, and when another node comes first', async () => {
    const ada = await joined(1, 'admin-ada');
    const anna = await joined(2, 'customer-anna');
    const { callId } = await ada.emitWithAck('call:invite', {});
    await anna.emitWithAck('call:accept', { callId });
    const ben = await joined(0, 'agent-ben');
    const signal = { callId, to: 'ada', candidate: null };
    expect(await anna.emitWithAck('call:signal', signal)).toEqual({ ok: true });
    expect(await ben.emitWithAck('call:invite', {})).toMatchObject({ code: 'call_busy' });
    const over = ends(anna);
    await ada.emitWithAck('session:leave', {});
    expect(await over).toMatchObject({ callId, reason: 'left', by: 'ada' });
    const again = await ben.emitWithAck('call:invite', {});
    expect(again).toMatchObject({ ok: true, with: 'anna' });
    expect(await anna.emitWithAck('call:accept', { callId: again.callId })).toMatchObject({ ok: true });
  });

  it('[RT16] people at two nodes go on when the third, which keeps their call, is left by its own', async () => {
    const keeper = await joined(0, 'admin-ada');
    const { anna, ben, callId } = await connected(1, 2);
    await keeper.emitWithAck('session:leave', {});
    const heard = next(ben, 'call:signal');
    const signal = { callId, to: 'ben', candidate: null };
    expect(await anna.emitWithAck('call:signal', signal)).toEqual({ ok: true });
    await heard;
    const over = ends(ben);
    await anna.emitWithAck('call:end', {});
    expect(await over).toMatchObject({ reason: 'ended' });
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:leave', {})));
    expect(nodes.map((node) => node.realtime.counts().sessions)).toEqual([0, 0, 0]);
  });

  it('[RT16] whoever comes back at another node in time goes on with the call', async () => {
    const { anna, ben, callId } = await connected(1, 0);
    anna.io.engine.close();
    const again = await joined(2, 'customer-anna');
    const signal = { callId, to: 'ben', candidate: null };
    await expect.poll(async () => (await again.emitWithAck('call:signal', signal)).ok).toBe(true);
    expect(await ben.emitWithAck('call:signal', { ...signal, to: 'anna' })).toEqual({ ok: true });
    advance(presenceGraceMs + 1_000);
    await settled(ben);
    expect(ben.heard.map(([event]) => event)).not.toContain('call:end');
  });

  it('[RT16] whoever stays away from another node has left the call', async () => {
    const { anna, ben } = await connected(1, 0);
    const over = ends(ben);
    anna.io.engine.close();
    const signal = { to: 'anna', candidate: null };
    await expect.poll(async () => (await ben.emitWithAck('call:signal', signal)).code).toBe('callee_offline');
    advance(presenceGraceMs);
    expect(await over).toMatchObject({ reason: 'left', by: 'anna' });
  });

  it('[RT16] a node that dies ends the calls of its people and those that it keeps', async () => {
    const { anna, ben, callId } = await connected(0, 1);
    const over = [ends(anna), ends(ben)];
    advance(6_000);
    await nodes[0].cutOff();
    advance(noticedMs);
    expect(await over[1]).toEqual({ sessionId: 's1', callId, reason: 'left' });
    expect(await ben.emitWithAck('call:signal', { to: 'anna', candidate: null })).toMatchObject({
      ok: false,
      code: 'not_found',
    });
    await anna.emitWithAck('call:end', {});
    const again = await connected(1, 2);
    const left = ends(again.anna);
    await nodes[2].cutOff();
    // Ben is still at the second node, so his device has its grace to come back there.
    advance(noticedMs + presenceGraceMs);
    expect(await left).toMatchObject({ callId: again.callId, reason: 'left' });
  });

  it('[RT16] a node that keeps the call and does not answer is no reason to wait for ever', async () => {
    await joined(0, 'agent-ben');
    const anna = await joined(1, 'customer-anna');
    await nodes[0].cutOff();
    const answer = anna.emitWithAck('call:invite', {});
    await settled(anna);
    advance(answerMs);
    expect(await answer).toMatchObject({ ok: false, code: 'unavailable', retryable: true });
  });

  it('[RE9] who talks in a call that another node keeps is told to be active', async () => {
    await connected(1, 0);
    const before = nodes[0].activities.length;
    advance(10_000);
    expect(nodes[0].activities.slice(before).sort()).toEqual(['anna s1', 'ben s1']);
  });

  it.each([
    ['a call that is kept elsewhere', 0, 1],
    ['a call that is kept here', 1, 0],
  ])('[RT16] whoever is shown out of %s hears that it has ended', async (_, hers, his) => {
    const { anna, ben } = await connected(hers, his);
    const over = Promise.all([ends(anna), ends(ben)]);
    const agentId = 'dan';
    nodes[0].rooms.sessions.set('s1', { customerId: 'anna', agentId, status: 'active' });
    nodes[0].live.publish({}, { event: 'session:assigned', payload: { sessionId: 's1', agentId } });
    expect((await over).map(({ by }) => by)).toEqual(['ben', 'ben']);
  });

  it('[RT16] a call ends with its session at every node', async () => {
    const { anna, ben } = await connected(1, 0);
    const over = Promise.all([ends(anna), ends(ben)]);
    const { sessions } = nodes[0].rooms;
    sessions.set('s1', { customerId: 'anna', agentId: 'ben', status: 'completed' });
    const payload = { sessionId: 's1', status: 'completed' };
    nodes[0].live.publish({}, { event: 'session:updated', payload });
    expect((await over).map(({ reason }) => reason)).toEqual(['session-ended', 'session-ended']);
  });
});

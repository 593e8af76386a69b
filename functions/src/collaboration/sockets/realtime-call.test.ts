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
import { ringMs } from './room-call.ts';

const callNames = ['call:invite', 'call:accept', 'call:decline', 'call:end', 'call:signal'];
const people = { customerId: 'anna', agentId: 'ben' } as const;

describe('calls over sockets', () => {
  let desk: RealtimeHarness;
  beforeEach(async () => {
    desk = await startRealtime({ session: { ...people, type: 'video-call' } });
  });
  afterEach(() => desk.close());

  const joined = async (token: string, sessionId = 's1') => {
    const socket = await desk.connect(token);
    await socket.emitWithAck('session:join', { sessionId });
    return Object.assign(socket, { heard: record(socket, ...callNames) });
  };

  const both = () => Promise.all([joined('customer-anna'), joined('agent-ben')]);

  /** Anna has called Ben, who has accepted. */
  const connected = async () => {
    const [anna, ben] = await both();
    const { callId } = await anna.emitWithAck('call:invite', {});
    await ben.emitWithAck('call:accept', { callId });
    await settled(anna);
    return { anna, ben, callId: String(callId) };
  };

  const ends = (socket: Socket) => next<{ reason: string }>(socket, 'call:end');

  it('[RT13] an invitation rings for the other side, and both are told what they need and nobody else', async () => {
    const [anna, ben, ada] = await Promise.all([
      joined('customer-anna'),
      joined('agent-ben'),
      joined('admin-ada'),
    ]);
    const invited = await anna.emitWithAck('call:invite', {});
    const { callId } = invited;
    expect(invited).toEqual({ ok: true, callId, with: 'ben', state: 'ringing', polite: false, iceServers });
    await settled(ben);
    expect(ben.heard).toEqual([['call:invite', { sessionId: 's1', callId, from: 'anna', name: 'ANNA' }]]);
    const accepted = await ben.emitWithAck('call:accept', { callId });
    expect(accepted).toEqual({
      ok: true,
      callId,
      with: 'anna',
      state: 'connected',
      polite: true,
      iceServers,
    });
    await settled(anna);
    expect(anna.heard).toEqual([['call:accept', { sessionId: 's1', callId, by: 'ben' }]]);
    await settled(ada);
    expect(ada.heard).toEqual([]);
  });

  it('[RT13] signals reach the other one as they were sent, and neither a third nor another session', async () => {
    const { anna, ben, callId } = await connected();
    const [ada, elsewhere] = await Promise.all([joined('admin-ada'), joined('agent-ben', 's2')]);
    const description = { type: 'offer', sdp: 'v=0\r\n' };
    const candidate = {
      candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host',
      sdpMid: '0',
      sdpMLineIndex: 0,
    };
    const place = { sessionId: 's1', callId };
    expect(await anna.emitWithAck('call:signal', { to: 'ben', description })).toEqual({ ok: true });
    expect(await ben.emitWithAck('call:signal', { callId, to: 'anna', candidate })).toEqual({ ok: true });
    await ben.emitWithAck('call:signal', { to: 'anna', candidate: null });
    await Promise.all([anna, ben, ada, elsewhere].map(settled));
    expect(ben.heard.at(-1)).toEqual(['call:signal', { ...place, from: 'anna', description }]);
    expect(anna.heard.slice(-2)).toEqual([
      ['call:signal', { ...place, from: 'ben', candidate }],
      ['call:signal', { ...place, from: 'ben', candidate: null }],
    ]);
    expect([...ada.heard, ...elsewhere.heard]).toEqual([]);
  });

  it('[RT13] what is no part of the call cannot signal, accept, decline or end it', async () => {
    const { ben, callId } = await connected();
    const ada = await joined('admin-ada');
    const description = { type: 'offer', sdp: '' };
    for (const [event, payload] of [
      ['call:signal', { to: 'ben', description }],
      ['call:accept', { callId }],
      ['call:decline', { callId }],
      ['call:end', { callId }],
    ] as const) {
      expect(await ada.emitWithAck(event, payload)).toMatchObject({ ok: false, code: 'not_found' });
    }
    expect(await ben.emitWithAck('call:signal', { to: 'ada', description })).toMatchObject({
      code: 'not_found',
    });
    expect(await ben.emitWithAck('call:end', { callId: 'another' })).toMatchObject({ code: 'not_found' });
    const stranger = await desk.connect('customer-carl');
    expect(await stranger.emitWithAck('call:invite', { sessionId: 's1' })).toMatchObject({
      code: 'not_joined',
    });
    expect(ben.heard.map(([event]) => event)).toEqual(['call:invite']);
  });

  it('[RT13] two invitations that cross become one call with one polite side', async () => {
    const [anna, ben] = await both();
    const [first, second] = await Promise.all([
      anna.emitWithAck('call:invite', {}),
      ben.emitWithAck('call:invite', {}),
    ]);
    expect(first.callId).toBe(second.callId);
    expect([first.polite, second.polite].sort()).toEqual([false, true]);
    expect([first.state, second.state].sort()).toEqual(['connected', 'ringing']);
  });

  it('[RT13] nobody there to call, oneself, and somebody in a call already are answered as such', async () => {
    const anna = await joined('customer-anna');
    expect(await anna.emitWithAck('call:invite', {})).toMatchObject({
      code: 'callee_offline',
      retryable: true,
    });
    expect(await anna.emitWithAck('call:invite', { to: 'anna' })).toMatchObject({
      code: 'validation_failed',
    });
    const [, ada] = await Promise.all([joined('agent-ben'), joined('admin-ada')]);
    const again = await anna.emitWithAck('call:invite', { to: 'ben' });
    expect(await anna.emitWithAck('call:invite', { to: 'ben' })).toEqual(again);
    expect(await ada.emitWithAck('call:invite', {})).toMatchObject({ code: 'call_busy', retryable: true });
  });

  it('[RT13] it rings on every device, and answering or declining on one silences the others', async () => {
    const [anna, ben, tablet] = await Promise.all([
      joined('customer-anna'),
      joined('agent-ben'),
      joined('agent-ben-again'),
    ]);
    const { callId } = await anna.emitWithAck('call:invite', {});
    await ben.emitWithAck('call:decline', { callId });
    await Promise.all([settled(anna), settled(tablet)]);
    expect(anna.heard).toEqual([['call:decline', { sessionId: 's1', callId, by: 'ben' }]]);
    expect(tablet.heard.at(-1)).toEqual(['call:end', { sessionId: 's1', callId, reason: 'declined' }]);
    const { callId: second } = await anna.emitWithAck('call:invite', {});
    await tablet.emitWithAck('call:accept', {});
    await settled(ben);
    expect(ben.heard.at(-1)).toEqual([
      'call:end',
      { sessionId: 's1', callId: second, reason: 'answered-elsewhere' },
    ]);
    expect(await ben.emitWithAck('call:accept', {})).toMatchObject({ code: 'call_busy' });
    expect(await ben.emitWithAck('call:signal', { to: 'anna', candidate: null })).toMatchObject({
      ok: false,
    });
  });

  it('[RT13] a call that nobody answers ends, and everybody may call again', async () => {
    const [anna, ben] = await both();
    await anna.emitWithAck('call:invite', {});
    const over = Promise.all([ends(anna), ends(ben)]);
    desk.timers.advance(ringMs);
    expect((await over).map(({ reason }) => reason)).toEqual(['unanswered', 'unanswered']);
    expect(await ben.emitWithAck('call:invite', {})).toMatchObject({ ok: true, with: 'anna' });
  });

  it('[RT13] a call ends when one of the two ends it, leaves or stays away', async () => {
    const first = await connected();
    const ended = ends(first.ben);
    await first.anna.emitWithAck('call:end', {});
    expect(await ended).toMatchObject({ reason: 'ended', by: 'anna' });

    await first.anna.emitWithAck('call:invite', {});
    await first.ben.emitWithAck('call:accept', {});
    const left = ends(first.ben);
    await first.anna.emitWithAck('session:leave', {});
    expect(await left).toMatchObject({ reason: 'left', by: 'anna' });

    const anna = await joined('customer-anna');
    await anna.emitWithAck('call:invite', {});
    await first.ben.emitWithAck('call:accept', {});
    const gone = ends(first.ben);
    anna.io.engine.close();
    await expect
      .poll(async () => (await first.ben.emitWithAck('call:signal', { to: 'anna', candidate: null })).code)
      .toBe('callee_offline');
    desk.timers.advance(15_000);
    expect(await gone).toMatchObject({ reason: 'left', by: 'anna' });
  });

  it('[RT13] whoever comes back in time goes on with the call', async () => {
    const { anna, ben, callId } = await connected();
    anna.io.engine.close();
    const again = await joined('customer-anna');
    const signal = { callId, to: 'ben', candidate: null };
    await expect.poll(async () => (await again.emitWithAck('call:signal', signal)).ok).toBe(true);
    expect(await ben.emitWithAck('call:signal', { ...signal, to: 'anna' })).toEqual({ ok: true });
    desk.timers.advance(60_000);
    await settled(ben);
    expect(ben.heard.map(([event]) => event)).not.toContain('call:end');
  });

  it('[RE9] who talks in a call is told to be active, again and again', async () => {
    const { anna } = await connected();
    const before = desk.activities.length;
    desk.timers.advance(20_000);
    expect(desk.activities.slice(before).sort()).toEqual(['anna s1', 'anna s1', 'ben s1', 'ben s1']);
    await anna.emitWithAck('call:end', {});
    const after = desk.activities.length;
    desk.timers.advance(20_000);
    expect(desk.activities).toHaveLength(after);
  });

  it('[RT16] whoever is shown out hears that the call has ended, be it connected or ringing', async () => {
    const handOn = (agentId: string) => {
      desk.rooms.sessions.set('s1', { ...people, agentId, status: 'active' });
      desk.live.publish({}, { event: 'session:assigned', payload: { sessionId: 's1', agentId } });
    };
    const { anna, ben, callId } = await connected();
    const over = Promise.all([ends(anna), ends(ben)]);
    handOn('dan');
    const end = { sessionId: 's1', callId, reason: 'left', by: 'ben' };
    expect(await over).toEqual([end, end]);

    handOn('ben');
    const again = await joined('agent-ben');
    await anna.emitWithAck('call:invite', {});
    const silenced = ends(again);
    handOn('dan');
    expect(await silenced).toMatchObject({ reason: 'left', by: 'ben' });
    await settled(again);
    expect(again.heard.map(([event]) => event)).toEqual(['call:invite', 'call:end']);
  });

  it('[RT13] a call ends with its session, and there is none afterwards', async () => {
    const { anna, ben } = await connected();
    const over = Promise.all([ends(anna), ends(ben)]);
    desk.rooms.sessions.set('s1', { ...people, status: 'completed' });
    desk.live.publish({}, { event: 'session:updated', payload: { sessionId: 's1', status: 'completed' } });
    expect((await over).map(({ reason }) => reason)).toEqual(['session-ended', 'session-ended']);
  });

  it('[RT13] [RT10] descriptions and candidates are bounded, and exactly one of them is sent', async () => {
    const { anna } = await connected();
    const refused = { ok: false, code: 'validation_failed' };
    const description = { type: 'offer', sdp: 'x'.repeat(64 * 1_024 + 1) };
    for (const payload of [
      { to: 'ben' },
      { to: 'ben', description },
      { to: 'ben', description: { type: 'hello' } },
      { to: 'ben', description: { type: 'offer', sdp: '', more: 1 } },
      { to: 'ben', candidate: { candidate: 'x'.repeat(1_025) } },
      { to: 'ben', candidate: null, description: { type: 'offer', sdp: '' } },
    ]) {
      expect(await anna.emitWithAck('call:signal', payload)).toMatchObject(refused);
    }
  });

  it('[RT10] invitations and signals have rates of their own', async () => {
    const { anna } = await connected();
    const answers = await Promise.all(
      Array.from({ length: 121 }, () => anna.emitWithAck('call:signal', { to: 'ben', candidate: null })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(120);
    expect(answers.at(-1)).toMatchObject({ code: 'rate_limited' });
    expect(await anna.emitWithAck('call:end', {})).toEqual({ ok: true });
  });
});

describe('sessions without calls', () => {
  it.each([
    [{ type: 'live-chat' }, 'call_not_possible'],
    [{ type: 'ai-chatbot' }, 'call_not_possible'],
    [{ type: 'video-call', status: 'queued' }, 'call_not_possible'],
    [{ type: 'co-browse' }, 'callee_offline'],
  ] as const)('[RT13] %o answers %s', async (session, code) => {
    const desk = await startRealtime({ session: { ...people, ...session } });
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('session:join', { sessionId: 's1' });
    expect(await anna.emitWithAck('call:invite', {})).toMatchObject({ ok: false, code });
    await desk.close();
  });
});

import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { type ClientEventName, clientEvents } from '../../protocol/realtime.ts';
import { next } from '../../testing/next-event.ts';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';
import { defaultEventRates } from './event-rates.ts';
import { defaultSlowReaderLimits } from './slow-readers.ts';

const join = { sessionId: 's1' };
const pen = (opId: string) => ({ ...join, type: 'pen', data: null, opId });
const plenty = { perSecond: 1_000_000, burst: 1_000_000 };
const noRates = Object.fromEntries(Object.keys(defaultEventRates).map((name) => [name, plenty]));
const unlimited = { ...defaultEventRates, ...noRates };

/** Operations of a session whose snapshot, 25 MB, is more than the network between the two takes. */
const largeSession = Array.from({ length: 250 }, (_, index) => `large-${index}`);

const refusedOf = (answers: { ok: boolean }[]) => answers.filter(({ ok }) => !ok);

describe('limits of a socket', () => {
  let desk: RealtimeHarness;
  afterEach(() => desk.close());

  const times = <Answer>(count: number, ask: (index: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => ask(index)));

  it('[RT10] operations pass 60 at once and 20 a second; the refusal says how long to wait', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    const add = (index: number) => anna.emitWithAck('annotation:add', pen(`op-${index}`));
    const refused = refusedOf(await times(63, add));
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: 50 });
    desk.timers.advance(1_000);
    expect(refusedOf(await times(25, add))).toHaveLength(5);
    expect(anna.connected).toBe(true);
  });

  it('[RT10] chat and cursors have rates of their own', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('session:join', join);
    const say = () => anna.emitWithAck('chat:message', { body: 'hello' });
    const move = () => anna.emitWithAck('cursor:move', { x: 0, y: 0 });
    expect(refusedOf(await times(12, say))).toHaveLength(2);
    expect(refusedOf(await times(45, move))).toHaveLength(5);
    expect(await anna.emitWithAck('annotation:add', pen('op-1'))).toMatchObject({ ok: true });
  });

  it('[RT10] unknown events are refused, by ack or by an error event', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    for (const event of ['nonsense', 'constructor', '__proto__', 'annotation:added', 'session:head']) {
      expect(await anna.emitWithAck(event, {})).toMatchObject({ ok: false, code: 'unknown_event' });
    }
    const told = next(anna, 'error');
    anna.emit('nonsense', 1);
    expect(await told).toMatchObject({ ok: false, code: 'unknown_event', event: 'nonsense' });
  });

  it('[RT10] a payload that does not fit is refused with the place that is wrong', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    const bad = await anna.emitWithAck('annotation:add', { ...join, type: 'laser', data: null });
    expect(bad).toMatchObject({ ok: false, code: 'validation_failed', retryable: false });
    expect(bad.message).toMatch(/^type: /);
    for (const payload of [
      null,
      1,
      'x',
      [],
      { sessionId: 'no id!' },
      Buffer.from('x'),
      { sessionId: 's1', more: 1 },
    ]) {
      const answer = await anna.emitWithAck('session:leave', payload);
      expect(answer.ok).toBe(false);
    }
    expect(await anna.emitWithAck('session:leave', {}, {})).toMatchObject({ code: 'validation_failed' });
  });

  it('[RT10] without callback a flood is told of once a second, and abuse ends the connection', async () => {
    desk = await startRealtime();
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('session:join', join);
    const told = record(anna, 'error');
    for (let index = 0; index < 200; index += 1) anna.emit('cursor:move', { x: 0, y: 0 });
    await settled(anna);
    expect(told).toMatchObject([['error', { code: 'rate_limited', event: 'cursor:move' }]]);
    const gone = next(anna, 'disconnect');
    for (let index = 0; index < 400; index += 1) anna.emit('cursor:move', { x: 0, y: 0 });
    await gone;
  });

  it('[RT10] whatever is sent, every event is answered once, and nobody else is disturbed', async () => {
    const seed = 20_261_122;
    desk = await startRealtime({ rates: unlimited });
    const ben = await desk.connect('agent-ben');
    await ben.emitWithAck('session:join', join);
    let anna: Socket = await desk.connect('customer-anna');
    const names = [...(Object.keys(clientEvents) as ClientEventName[]), 'valueOf', 'toString'];
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({
        sessionId: fc.constantFrom('s1', 's2', 'other'),
        id: fc.string(),
        x: fc.double(),
        y: fc.double(),
      }),
      fc.record({ sessionId: fc.constant('s1'), ['__proto__']: fc.jsonValue(), data: fc.jsonValue() }),
    );
    const run = fc.asyncProperty(fc.constantFrom(...names), value, async (event, payload) => {
      if (!anna.connected) anna = await desk.connect('customer-anna');
      const answer: unknown = await anna.timeout(2_000).emitWithAck(event, payload);
      expect(answer).toHaveProperty('ok');
      if (!(answer as { ok: boolean }).ok) expect(answer).not.toMatchObject({ code: 'internal' });
    });
    await fc.assert(run, { seed, numRuns: 1_000 });
    expect(await ben.emitWithAck('session:sync', { since: 0 })).toMatchObject({ ok: true });
  });

  it('[RT11] who does not read is sent nothing further, and one resync once it reads again', async () => {
    desk = await startRealtime({ rates: unlimited });
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    const pause = pauseReading(ben);
    const seen = record(ben, 'annotation:added', 'session:resync');
    const data = 'x'.repeat(100_000);
    let index = 0;
    const slow = async () => (await metric(desk, 'realtime_slow_readers')) > 0;
    const add = async () => {
      index += 1;
      await anna.emitWithAck('annotation:add', { ...pen(`op-${index}`), data });
      desk.timers.advance(defaultSlowReaderLimits.sampleMs / 10);
    };
    while (!(await slow()) && index < 400) await add();
    expect(await slow()).toBe(true);
    for (let more = 0; more < 60; more += 1) await add();
    pause.end();
    const resync = next(ben, 'session:resync');
    while (!seen.some(([event]) => event === 'session:resync')) {
      desk.timers.advance(defaultSlowReaderLimits.sampleMs);
      await settled(anna);
    }
    await Promise.race([resync, settled(ben)]);
    expect(seen.filter(([event]) => event === 'session:resync')).toHaveLength(1);
    expect(seen.length).toBeLessThan(index);
    const sync = await ben.emitWithAck('session:sync', { since: index - 1 });
    expect(sync.events).toHaveLength(1);
  });

  it('[RT11] who takes minutes for a large snapshot gets it, and what came meanwhile, without a resync', async () => {
    desk = await startRealtime({ rates: unlimited });
    const anna = await desk.connect('customer-anna');
    const data = 'x'.repeat(100_000);
    for (const opId of largeSession) await anna.emitWithAck('annotation:add', { ...pen(opId), data });
    const ben = await desk.connect('agent-ben');
    const seen = record(ben, 'annotation:added', 'session:resync');
    const pause = pauseReading(ben);
    const joined = ben.emitWithAck('session:join', join);
    await expect.poll(() => desk.joins).toEqual(['ben s1']);
    await anna.emitWithAck('annotation:add', pen('meanwhile'));
    for (let times = 0; times < 4; times += 1) {
      desk.timers.advance(defaultSlowReaderLimits.disconnectAfterMs - 1_000);
      await pause.forBytes(4_000_000);
      await settled(anna);
    }
    pause.end();
    expect((await joined).annotations).toHaveLength(largeSession.length);
    desk.timers.advance(defaultSlowReaderLimits.sampleMs);
    await settled(ben);
    expect(seen).toMatchObject([['annotation:added', { opId: 'meanwhile' }]]);
  });

  it('[RT11] who does not read for 30 s is disconnected', async () => {
    desk = await startRealtime({ rates: unlimited });
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    pauseReading(ben);
    const data = 'x'.repeat(100_000);
    for (let index = 0; (await metric(desk, 'realtime_slow_readers')) === 0 && index < 400; index += 1) {
      await anna.emitWithAck('annotation:add', { ...pen(`op-${index}`), data });
      desk.timers.advance(25);
    }
    desk.timers.advance(29_000);
    expect(desk.realtime.counts().connections).toBe(2);
    desk.timers.advance(2_000);
    while (desk.realtime.counts().connections > 1) await settled(anna);
  });
});

interface Pausable {
  bytesRead: number;
  pause(): void;
  resume(): void;
  on(event: 'data', listener: () => void): void;
  off(event: 'data', listener: () => void): void;
}

/** Stops taking bytes from the network, as a suspended laptop does; takes a few when told to, as on a slow line. */
const pauseReading = (socket: Socket) => {
  const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: Pausable } };
  const wire = ws._socket;
  wire.pause();
  return {
    end: () => wire.resume(),
    forBytes: (bytes: number) =>
      new Promise<void>((resolve) => {
        const end = wire.bytesRead + bytes;
        const count = (): void => {
          if (wire.bytesRead < end) return;
          wire.off('data', count);
          wire.pause();
          resolve();
        };
        wire.on('data', count);
        wire.resume();
      }),
  };
};

const metric = async ({ registry }: RealtimeHarness, name: string): Promise<number> => {
  const found = await registry.getSingleMetric(name)?.get();
  return found?.values[0]?.value ?? Number.NaN;
};

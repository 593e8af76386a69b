import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdStates } from '../../testing/memory-rooms.ts';
import { next } from '../../testing/next-event.ts';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';

const pen = (opId?: string) => ({ sessionId: 's1', type: 'pen', data: { path: [] }, ...(opId && { opId }) });

describe('joining a session over a socket', () => {
  let desk: RealtimeHarness;
  beforeEach(async () => {
    desk = await startRealtime();
  });
  afterEach(() => desk.close());

  it('[RT4] a join answers with the state, who is here and who you are', async () => {
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('annotation:add', pen('op-1'));
    const joined = await anna.emitWithAck('session:join', { sessionId: 's1', role: 'participant' });
    const you = { userId: 'anna', name: 'ANNA', role: 'customer', status: 'active' };
    expect(joined).toMatchObject({
      ok: true,
      epoch: 'epoch-1',
      seq: 1,
      mode: 'snapshot',
      participants: [you],
      you,
    });
    expect(desk.joins).toEqual(['anna s1']);
    expect(joined.annotations).toMatchObject([{ userId: 'anna', type: 'pen', seq: 1 }]);
  });

  it('[RT4] with a known position a join answers with just what came after it', async () => {
    const anna = await desk.connect('customer-anna');
    for (const opId of ['op-1', 'op-2', 'op-3']) await anna.emitWithAck('annotation:add', pen(opId));
    const joined = await anna.emitWithAck('session:join', { sessionId: 's1', since: 2, epoch: 'epoch-1' });
    expect(joined).toMatchObject({
      mode: 'delta',
      seq: 3,
      annotations: [],
      events: [{ payload: { opId: 'op-3' } }],
    });
    const other = await anna.emitWithAck('session:join', { sessionId: 's1', since: 2, epoch: 'another' });
    expect(other).toMatchObject({ mode: 'snapshot', seq: 3 });
  });

  it('[RT4] what is committed while the state is read comes after the answer, once', async () => {
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    const got = record(ben, 'annotation:added');
    desk.rooms.afterState = () => anna.emitWithAck('annotation:add', pen('after'));
    desk.rooms.beforeState = () => anna.emitWithAck('annotation:add', pen('before'));
    const joined = new Promise<void>((resolve) =>
      ben.emit('session:join', { sessionId: 's1' }, (answer: unknown) => {
        got.push(['joined', answer]);
        resolve();
      }),
    );
    await joined;
    await anna.emitWithAck('annotation:add', pen('later'));
    await settled(ben);
    expect(got).toMatchObject([
      ['joined', { ok: true, seq: 1, annotations: [{ seq: 1 }] }],
      ['annotation:added', { opId: 'after', seq: 2 }],
      ['annotation:added', { opId: 'later', seq: 3 }],
    ]);
  });

  it('[RT4] a commit that the state holds already, but that is told later, does not come again', async () => {
    const ben = await desk.connect('agent-ben');
    const anna = await desk.connect('customer-anna');
    const got = record(ben, 'annotation:added');
    await anna.emitWithAck('annotation:add', pen('op-1'));
    const { state } = desk.rooms;
    desk.rooms.state = async (...values) => ({ ...(await state(...values)), seq: 2 });
    await ben.emitWithAck('session:join', { sessionId: 's1' });
    for (const opId of ['op-2', 'op-3', 'op-4']) await anna.emitWithAck('annotation:add', pen(opId));
    await settled(ben);
    expect(got.map(([, payload]) => (payload as { opId: string }).opId)).toEqual(['op-3', 'op-4']);
  });

  it('[RT4] session:sync answers with what is missing', async () => {
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('session:join', { sessionId: 's1' });
    for (const opId of ['op-1', 'op-2']) await anna.emitWithAck('annotation:add', pen(opId));
    const answer = await anna.emitWithAck('session:sync', { since: 1 });
    expect(answer).toMatchObject({ ok: true, mode: 'delta', epoch: 'epoch-1', seq: 2 });
    expect(answer.events).toMatchObject([{ event: 'annotation:added', payload: { seq: 2 } }]);
  });

  it('[RT4] session:head tells every 10 s where the log stands', async () => {
    const anna = await desk.connect('customer-anna');
    await anna.emitWithAck('session:join', { sessionId: 's1' });
    await anna.emitWithAck('annotation:add', pen());
    const head = next(anna, 'session:head');
    desk.timers.advance(10_000);
    expect(await head).toEqual({ sessionId: 's1', epoch: 'epoch-1', seq: 1 });
  });

  it('[RT9] only participants join; the role that is claimed counts for nothing', async () => {
    const eve = await desk.connect('customer-eve');
    const dan = await desk.connect('agent-dan');
    const join = { sessionId: 's1', role: 'admin' };
    expect(await eve.emitWithAck('session:join', join)).toMatchObject({ ok: false, code: 'not_found' });
    expect(await dan.emitWithAck('session:join', join)).toMatchObject({ ok: false, code: 'forbidden' });
    const admin = await desk.connect('admin-ada');
    expect(await admin.emitWithAck('session:join', join)).toMatchObject({ ok: true, you: { role: 'admin' } });
  });

  it('[RT4] joins of one socket to one session take their turns', async () => {
    const anna = await desk.connect('customer-anna');
    const joins = [1, 2, 3].map(() => anna.emitWithAck('session:join', { sessionId: 's1' }));
    for (const joined of await Promise.all(joins)) expect(joined).toMatchObject({ ok: true });
    const got = record(anna, 'annotation:added');
    await anna.emitWithAck('annotation:add', pen('op-1'));
    await settled(anna);
    expect(got).toHaveLength(1);
  });

  it('[RT4] a socket that goes away while it joins leaves nothing behind', async () => {
    const anna = await desk.connect('customer-anna');
    const ben = await desk.connect('agent-ben');
    await ben.emitWithAck('session:join', { sessionId: 's1' });
    const held = holdStates(desk.rooms);
    anna.emit('session:join', { sessionId: 's1' });
    await held.reached;
    anna.disconnect();
    while (desk.realtime.counts().connections > 1) await settled(ben);
    held.release();
    const joined = record(ben, 'user:joined');
    await settled(ben);
    expect(joined).toEqual([]);
  });
});

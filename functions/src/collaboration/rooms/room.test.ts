import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { JsonText } from '../../protocol/json-text.ts';
import type { OperationAck, RefusedAck } from '../../protocol/realtime.ts';
import {
  agent,
  customer,
  openRoomHouse,
  otherAgent,
  sessionId,
  spoilable,
  stranger,
} from '../../testing/room-house.ts';
import type { RoomOperation } from './room-operation.ts';

const unavailable = () => new AppError('unavailable', 'The disk is full.');

const add = (opId: string, id: string, data: unknown = { path: [[0.1, 0.2]] }): RoomOperation =>
  ({ name: 'annotation:add', opId, id, type: 'pen', data }) as RoomOperation;

const say = (opId: string, body: string): RoomOperation => ({ name: 'chat:message', opId, body });

const okay = (ack: OperationAck | RefusedAck): OperationAck => {
  if (!ack.ok) throw new Error(`refused: ${ack.code} ${ack.message}`);
  return ack;
};

const codeOf = (ack: OperationAck | RefusedAck): string => (ack.ok ? 'ok' : ack.code);

describe('room', () => {
  it('[RT1] gives operations of one moment consecutive places, in the order of the calls', async () => {
    const { node, entries } = await openRoomHouse();
    const { do: apply } = node();
    const acks = await Promise.all(
      Array.from({ length: 250 }, (_, index) => apply(customer, add(`op-${index}`, `mark-${index}`))),
    );
    expect(acks.map((ack) => okay(ack).seq)).toEqual(acks.map((_, index) => index + 1));
    expect((await entries()).map(({ subjectId }) => subjectId)).toEqual(
      acks.map((_, index) => `mark-${index}`),
    );
  });

  it('[RT1] gathers what arrives while an append is under way into one append', async () => {
    const { node, store } = await openRoomHouse();
    const log = spoilable(store.log, unavailable);
    const { do: apply, rooms } = node({ log });
    await rooms.refresh(sessionId);
    const gate = log.hold();
    const first = apply(customer, say('op-0', 'first'));
    while (gate.waiting() === 0) await Promise.resolve();
    const acks = ['a', 'b', 'c', 'd'].map((opId) => apply(customer, say(opId, opId)));
    gate.release();
    await Promise.all([first, ...acks]);
    expect(log.appends).toBe(2);
  });

  it('[RT2] neither acknowledges nor publishes before the commit', async () => {
    const { node, store } = await openRoomHouse();
    const log = spoilable(store.log, unavailable);
    const { do: apply, forStaff, rooms } = node({ log });
    await rooms.refresh(sessionId);
    const gate = log.hold();
    let settled = false;
    const ack = apply(customer, say('op-1', 'hello')).then((answer) => {
      settled = true;
      return answer;
    });
    while (gate.waiting() === 0) await Promise.resolve();
    await rooms.state(agent, sessionId);
    expect([settled, forStaff]).toEqual([false, []]);
    gate.release();
    expect(okay(await ack).seq).toBe(1);
    expect(forStaff.map(({ event }) => event)).toEqual(['chat:message']);
  });

  it('[RT2] an operation without opId gets one, which its event carries', async () => {
    const { node } = await openRoomHouse();
    const { do: apply, forStaff } = node();
    const { opId } = okay(await apply(customer, { name: 'chat:message', body: 'hello' }));
    expect(forStaff[0]?.payload).toMatchObject({ opId, by: customer.uid, seq: 1 });
  });

  it('[RT3] a resent operation is stored once and gets its first ack with dup', async () => {
    const { node, entries } = await openRoomHouse();
    const { do: apply } = node();
    const first = okay(await apply(customer, add('op-1', 'mark-1')));
    await apply(agent, { name: 'annotation:delete', opId: 'op-1', id: 'mark-1' });
    expect(await apply(customer, add('op-1', 'mark-1'))).toEqual({ ...first, dup: true });
    expect(await entries()).toHaveLength(2);
  });

  it('[RT3] a resend that overtakes the commit is stored once', async () => {
    const { node, entries } = await openRoomHouse();
    const { do: apply } = node();
    const [first, second] = await Promise.all([
      apply(customer, say('op-1', 'hello')),
      apply(customer, say('op-1', 'hello')),
    ]);
    expect(second).toEqual({ ...first, dup: true });
    expect(await entries()).toHaveLength(1);
  });

  it('[RT3] an opId with other content is refused, another author may use it', async () => {
    const { node } = await openRoomHouse();
    const { do: apply } = node();
    await apply(customer, say('op-1', 'hello'));
    expect(codeOf(await apply(customer, say('op-1', 'goodbye')))).toBe('operation_id_reused');
    expect(codeOf(await apply(agent, say('op-1', 'goodbye')))).toBe('ok');
  });

  it('[RT3] the order of keys is no other content', async () => {
    const { node } = await openRoomHouse();
    const { do: apply } = node();
    await apply(customer, add('op-1', 'mark-1', { a: 1, b: { c: 2, d: 3 } }));
    const again = await apply(customer, add('op-1', 'mark-1', { b: { d: 3, c: 2 }, a: 1 }));
    expect(okay(again).dup).toBe(true);
  });

  it('[RT3] a resend is known after a restart, also when a room does not hold so old an operation', async () => {
    const { node, entries } = await openRoomHouse();
    const first = okay(await node().do(customer, say('op-1', 'hello')));
    expect(await node().do(customer, say('op-1', 'hello'))).toEqual({ ...first, dup: true });
    const { do: apply } = node();
    for (let batch = 0; batch < 21; batch += 1) {
      const filling = Array.from({ length: 100 }, (_, index) => say(`fill-${batch}-${index}`, 'x'));
      await Promise.all(filling.map((operation) => apply(agent, operation)));
    }
    expect(await apply(customer, say('op-1', 'hello'))).toEqual({ ...first, dup: true });
    expect(await node().do(customer, say('op-1', 'hello'))).toEqual({ ...first, dup: true });
    expect((await entries()).filter(({ operation }) => operation === 'op-1/customer-1')).toHaveLength(1);
  });

  it('[RT3] refusals are not remembered', async () => {
    const { node } = await openRoomHouse();
    const { do: apply } = node();
    const remove: RoomOperation = { name: 'annotation:resolve', opId: 'op-1', id: 'mark-1', resolved: true };
    expect(codeOf(await apply(customer, remove))).toBe('not_found');
    await apply(customer, add('op-2', 'mark-1'));
    expect(codeOf(await apply(customer, remove))).toBe('ok');
  });

  it('[RT6] ifRev refuses with the annotation as it stands', async () => {
    const { node } = await openRoomHouse();
    const { do: apply } = node();
    const { rev } = okay(await apply(customer, add('op-1', 'mark-1', { a: 1 })));
    const patch = { data: { b: 2 } };
    const update = (opId: string): RoomOperation => ({
      name: 'annotation:update',
      opId,
      id: 'mark-1',
      patch,
      ifRev: rev,
    });
    expect(codeOf(await apply(agent, update('op-2')))).toBe('ok');
    expect(await apply(customer, update('op-3'))).toMatchObject({
      ok: false,
      code: 'revision_conflict',
      current: { id: 'mark-1', rev: 2, data: JsonText.of({ a: 1, b: 2 }) },
    });
  });

  it('[RT6] an update reads what was drawn once, and two by one patch change each its own drawing', async () => {
    const { node } = await openRoomHouse();
    const { do: apply, rooms } = node();
    await apply(customer, add('op-1', 'mark-1', { path: [[0.1, 0.2]] }));
    await apply(customer, add('op-2', 'mark-2', { path: [[0.3, 0.4]] }));
    const read = vi.spyOn(JsonText.prototype, 'value', 'get');
    onTestFinished(() => read.mockRestore());
    const patch = { data: { color: 'red' } };
    for (const id of ['mark-1', 'mark-2', 'mark-1']) {
      okay(await apply(customer, { name: 'annotation:update', id, patch }));
    }
    expect(read).toHaveBeenCalledTimes(3);
    const state = await rooms.state(customer, sessionId);
    expect(state).toMatchObject({
      annotations: [
        { data: JsonText.of({ path: [[0.1, 0.2]], color: 'red' }) },
        { data: JsonText.of({ path: [[0.3, 0.4]], color: 'red' }) },
      ],
    });
  });

  it('[RT6] deleting twice gives the first place, also by a node that knows it from the records only', async () => {
    const { node, entries } = await openRoomHouse();
    const { do: apply } = node();
    await apply(customer, add('op-1', 'mark-1'));
    const remove = (opId: string): RoomOperation => ({ name: 'annotation:delete', opId, id: 'mark-1' });
    const { seq, at } = okay(await apply(customer, remove('op-2')));
    for (const { do: by } of [{ do: apply }, node()]) {
      expect(await by(agent, remove('op-3'))).toMatchObject({ ok: true, opId: 'op-3', seq, at, dup: true });
    }
    expect(await entries()).toHaveLength(2);
  });

  it('[RT6] nothing brings a deleted annotation back, and its id stays taken', async () => {
    const { node, store } = await openRoomHouse();
    const { do: apply } = node();
    await apply(customer, add('op-1', 'mark-1', { secret: 'drawn' }));
    await apply(customer, { name: 'annotation:delete', id: 'mark-1' });
    const update: RoomOperation = { name: 'annotation:update', id: 'mark-1', patch: { page: 2 } };
    for (const { do: by } of [{ do: apply }, node()]) {
      expect(codeOf(await by(customer, update))).toBe('not_found');
      expect(codeOf(await by(customer, add('op-2', 'mark-1')))).toBe('already_exists');
    }
    expect(await store.get('annotations', 'mark-1')).toMatchObject({
      deleted: true,
      rev: 2,
      data: JsonText.of(null),
    });
  });

  it('[RT9] only the author and staff delete, only staff clear and write staff notes', async () => {
    const { node } = await openRoomHouse();
    const { do: apply } = node();
    await apply(agent, add('op-1', 'mark-1'));
    const refused: RoomOperation[] = [
      { name: 'annotation:delete', id: 'mark-1' },
      { name: 'annotation:clear' },
      { name: 'chat:message', body: 'psst', visibility: 'staff' },
    ];
    for (const operation of refused) {
      expect(codeOf(await apply(customer, operation))).toBe('forbidden');
      expect(codeOf(await apply(agent, operation))).toBe('ok');
    }
  });

  it('[RT9] strangers learn nothing, other agents that it is not theirs', async () => {
    const { node, entries } = await openRoomHouse();
    const { do: apply } = node();
    expect(codeOf(await apply(stranger, say('op-1', 'hello')))).toBe('not_found');
    await apply(customer, say('op-1', 'hello'));
    expect(codeOf(await apply(stranger, say('op-1', 'hello')))).toBe('not_found');
    expect(codeOf(await apply(otherAgent, say('op-1', 'hello')))).toBe('forbidden');
    expect(await entries()).toHaveLength(1);
  });

  it('[RE5] a session that others complete is closed for the room', async () => {
    const { node, write } = await openRoomHouse();
    const { do: apply } = node();
    await apply(customer, say('op-1', 'hello'));
    const ended = { kind: 'ended', authorId: 'agent-1', visibility: 'public', data: {} } as const;
    await write([ended], { status: 'completed' });
    expect(codeOf(await apply(customer, say('op-2', 'still there?')))).toBe('session_closed');
    expect(okay(await apply(customer, say('op-1', 'hello'))).dup).toBe(true);
  });

  it('[RE5] a session that is handed on lets the new agent in and the old one out', async () => {
    const { node, write } = await openRoomHouse();
    const { do: apply } = node();
    expect(codeOf(await apply(agent, say('op-1', 'hello')))).toBe('ok');
    const transferred = { kind: 'transferred', authorId: 'agent-1', visibility: 'staff', data: {} } as const;
    const assigned = { ...transferred, kind: 'assigned', data: { agentId: 'agent-2' } } as const;
    await write([transferred, assigned], { agentId: 'agent-2' });
    expect(codeOf(await apply(otherAgent, say('op-1', 'I am new')))).toBe('ok');
    expect(codeOf(await apply(agent, say('op-2', 'am I?')))).toBe('forbidden');
  });

  it('[RT1] one operation that cannot be stored does not spoil those beside it', async () => {
    const { node, store, entries } = await openRoomHouse();
    await store.write((writer) => {
      const at = '2026-01-31T09:00:00.000Z';
      const place = { seq: 1, rev: 1, page: 1, layer: 'default', timestamp: at, status: 'open' } as const;
      const foreign = { id: 'taken', sessionId: 'session-2', userId: 'other', type: 'pen' } as const;
      writer.create('annotations', { ...foreign, ...place, data: JsonText.of(null), deleted: false });
    });
    const { do: apply } = node();
    const acks = await Promise.all(
      ['mark-1', 'taken', 'mark-2', 'mark-3'].map((id) => apply(customer, add(`op-${id}`, id))),
    );
    expect(acks.map(codeOf)).toEqual(['ok', 'already_exists', 'ok', 'ok']);
    expect((await entries()).map(({ subjectId }) => subjectId)).toEqual(['mark-1', 'mark-2', 'mark-3']);
  });

  it.each(['told-moved', 'answer-lost'] as const)(
    '[RT3] %s: what was committed all the same is acknowledged, not repeated',
    async (fault) => {
      const { node, store, entries } = await openRoomHouse();
      const log = spoilable(store.log, unavailable);
      const { do: apply, forStaff } = node({ log });
      await apply(customer, say('op-0', 'zero'));
      log.spoil(fault);
      const acks = await Promise.all([apply(customer, say('op-1', 'one')), apply(agent, say('op-2', 'two'))]);
      expect(okay(acks[0])).not.toHaveProperty('dup');
      expect(acks.map(codeOf)[0]).toBe('ok');
      await apply(agent, say('op-2', 'two'));
      expect((await entries()).map(({ data }) => data.body)).toEqual(['zero', 'one', 'two']);
      expect(forStaff.map(({ payload }) => payload.seq)).toEqual([1, 2, 3]);
    },
  );

  it('[FA] a store that refuses writes refuses everything that waits, and nothing of it is kept', async () => {
    const { node, store, entries } = await openRoomHouse();
    const log = spoilable(store.log, unavailable);
    const { do: apply, forStaff } = node({ log });
    await apply(customer, say('op-0', 'zero'));
    log.spoil('refused');
    const acks = await Promise.all([
      apply(customer, say('op-1', 'one')),
      apply(customer, say('op-2', 'two')),
    ]);
    for (const ack of acks) {
      expect(ack).toMatchObject({ ok: false, code: 'unavailable', retryable: true, retryAfterMs: 1_000 });
    }
    expect(await entries()).toHaveLength(1);
    expect(codeOf(await apply(customer, say('op-1', 'one')))).toBe('ok');
    expect(forStaff.map(({ payload }) => payload.seq)).toEqual([1, 2]);
  });

  it('[RT10] more waiting operations than a room takes are refused, to be sent again', async () => {
    const { node, store } = await openRoomHouse();
    const log = spoilable(store.log, unavailable);
    const { do: apply, rooms } = node({ log });
    await rooms.refresh(sessionId);
    const gate = log.hold();
    const acks = Array.from({ length: 1_001 }, (_, index) => apply(customer, say(`op-${index}`, 'x')));
    expect(codeOf((await acks.at(-1)) as RefusedAck)).toBe('unavailable');
    gate.release();
    expect((await Promise.all(acks.slice(0, -1))).map(codeOf)).not.toContain('unavailable');
  });

  it('[RT1] clearing more than an append may hold goes on until all are gone', async () => {
    const { node, entries } = await openRoomHouse();
    const { do: apply, forStaff } = node();
    const ids = Array.from({ length: 650 }, (_, index) => `mark-${index}`);
    await Promise.all(ids.map((id) => apply(customer, add(`op-${id}`, id))));
    const clear: RoomOperation = { name: 'annotation:clear', opId: 'clear' };
    const [cleared, said] = await Promise.all([apply(agent, clear), apply(agent, say('after', 'done'))]);
    expect(okay(cleared).seq).toBe(653);
    expect(okay(said).seq).toBe(654);
    expect(okay(await apply(agent, clear)).dup).toBe(true);
    const steps = (await entries()).filter(({ kind }) => kind === 'annotation:cleared');
    expect(steps.flatMap(({ data }) => data.ids)).toEqual(ids);
    expect(forStaff.map(({ payload }) => payload.seq)).toEqual(forStaff.map((_, index) => index + 1));
  });

  it('[RT10] a session holds only so many annotations, and so much data', async () => {
    const { node } = await openRoomHouse();
    const { do: apply } = node({ limits: { annotations: 2 } });
    const acks = ['a', 'b', 'c'].map((id) => apply(customer, add(`op-${id}`, id)));
    expect((await Promise.all(acks)).map(codeOf)).toEqual(['ok', 'ok', 'session_full']);
    const { do: narrow } = node({ limits: { size: 2_000 } });
    const patch = { data: { text: 'x'.repeat(2_000) } };
    const update: RoomOperation = { name: 'annotation:update', id: 'a', patch };
    expect(codeOf(await narrow(customer, update))).toBe('session_full');
  });

  it('[RT10] data that grows too large by an update is refused', async () => {
    const { node } = await openRoomHouse();
    const { do: apply } = node();
    await apply(customer, add('op-1', 'mark-1', { a: 'x'.repeat(70_000) }));
    const patch = { data: { b: 'x'.repeat(70_000) } };
    const grow: RoomOperation = { name: 'annotation:update', id: 'mark-1', patch };
    expect(codeOf(await apply(customer, grow))).toBe('validation_failed');
  });
});

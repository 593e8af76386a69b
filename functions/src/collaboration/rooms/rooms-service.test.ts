import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operationKey } from '../../ports/log-entry.ts';
import type { NamedDurableEvent } from '../../protocol/realtime.ts';
import {
  admin,
  agent,
  customer,
  type Node,
  openRoomHouse,
  openSession,
  otherAgent,
  type RoomHouse,
  sessionId,
  stranger,
} from '../../testing/room-house.ts';
import { type Step, script } from '../../testing/room-scripts.ts';
import type { RoomState } from './rooms.ts';

const seed = 20_261_123;
console.log(`rooms-service.test.ts: seed ${seed}`);

const seqs = (events: readonly NamedDurableEvent[]): number[] => events.map(({ payload }) => payload.seq);

const upTo = (head: number): number[] => Array.from({ length: head }, (_, index) => index + 1);

const delta = (state: RoomState) => {
  if (state.mode !== 'delta') throw new Error('a snapshot');
  return state;
};

const snapshot = (state: RoomState) => {
  if (state.mode !== 'snapshot') throw new Error('a delta');
  return state;
};

const say = (node: Node, user: typeof agent, body: string, visibility: 'public' | 'staff' = 'public') =>
  node.do(user, { name: 'chat:message', body, visibility });

const mark = (node: Node, id: string) =>
  node.do(customer, { name: 'annotation:add', id, type: 'pen', data: { path: [[0.1, 0.2]] } });

describe('rooms', () => {
  it('[RT9] only the customer, the assigned agent and administrators may join', async () => {
    const { rooms } = (await openRoomHouse()).node();
    for (const user of [customer, agent, admin]) {
      await rooms.ensureMayJoin(user, sessionId);
      expect((await rooms.state(user, sessionId)).seq).toBe(0);
    }
    for (const [user, code] of [
      [stranger, 'not_found'],
      [otherAgent, 'forbidden'],
    ] as const) {
      await expect(rooms.ensureMayJoin(user, sessionId)).rejects.toMatchObject({ code });
      await expect(rooms.state(user, sessionId)).rejects.toMatchObject({ code });
    }
    await expect(rooms.state(admin, 'nowhere')).rejects.toMatchObject({ code: 'not_found' });
    await expect(rooms.refresh('nowhere')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('[RT9] a state that is read after the session was taken away is not given', async () => {
    const house = await openRoomHouse();
    const { log } = house.store;
    let before = async () => {};
    const read: typeof log.read = async (...asked) => {
      await before();
      return log.read(...asked);
    };
    const append: typeof log.append = (asked) => log.append(asked);
    const snapshot: typeof log.snapshot = (...asked) => log.snapshot(...asked);
    const operations: typeof log.operations = (...asked) => log.operations(...asked);
    const { rooms } = house.node({ log: { append, read, snapshot, operations } });
    await rooms.refresh(sessionId);
    before = () => {
      before = async () => {};
      const entry = { kind: 'assigned', authorId: 'admin-1', visibility: 'public' } as const;
      return house.write([{ ...entry, data: { agentId: otherAgent.uid } }], { agentId: otherAgent.uid });
    };
    await expect(rooms.state(agent, sessionId)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await rooms.state(otherAgent, sessionId)).seq).toBe(1);
  });

  it('[RT4] a snapshot is the state at one place, without what is deleted', async () => {
    const node = (await openRoomHouse()).node();
    await mark(node, 'mark-1');
    await mark(node, 'mark-2');
    await node.do(agent, { name: 'annotation:resolve', id: 'mark-2', resolved: true });
    await node.do(agent, { name: 'annotation:delete', id: 'mark-1' });
    await say(node, customer, 'hello');
    const state = snapshot(await node.rooms.state(agent, sessionId));
    expect(state.seq).toBe(5);
    expect(state.annotations).toMatchObject([
      { id: 'mark-2', seq: 2, rev: 3, status: 'resolved', userId: customer.uid, layer: 'default', page: 1 },
    ]);
    expect(state.messages).toMatchObject([{ event: 'chat:message', payload: { seq: 5, body: 'hello' } }]);
  });

  it('[RT4] a delta holds exactly what came after, from memory or from the log', async () => {
    const house = await openRoomHouse();
    const node = house.node();
    for (const id of ['mark-1', 'mark-2', 'mark-3']) await mark(node, id);
    await node.do(agent, { name: 'annotation:update', id: 'mark-2', patch: { page: 3 } });
    const { epoch } = await node.rooms.state(customer, sessionId);
    for (const { rooms } of [node, house.node()]) {
      for (const since of [1, 3, 4]) {
        const state = delta(await rooms.state(customer, sessionId, { since, epoch }));
        expect([state.seq, ...seqs(state.events)]).toEqual([4, ...upTo(4).slice(since)]);
      }
      const { events } = delta(await rooms.state(customer, sessionId, { since: 3, epoch }));
      expect(events).toMatchObject([
        { event: 'annotation:updated', payload: { id: 'mark-2', rev: 4, annotation: { page: 3, rev: 4 } } },
      ]);
    }
  });

  it.each([
    ['of another epoch', { since: 1, epoch: 'another' }],
    ['ahead of the log', { since: 99, epoch: 'epoch-1' }],
  ])('[RT4] a place %s gets a snapshot', async (_name, from) => {
    const node = (await openRoomHouse()).node();
    await say(node, customer, 'hello');
    snapshot(await node.rooms.state(customer, sessionId, from));
  });

  it('[RT14] what is for staff reaches customers as a tick, live, in a delta and in a snapshot', async () => {
    const house = await openRoomHouse();
    const node = house.node();
    await say(node, agent, 'secret note', 'staff');
    await say(node, agent, 'hello');
    expect(node.forStaff.map(({ event }) => event)).toEqual(['chat:message', 'chat:message']);
    expect(node.forCustomers.map(({ event }) => event)).toEqual(['session:tick', 'chat:message']);
    expect(seqs(node.forCustomers)).toEqual([1, 2]);
    for (const { rooms } of [node, house.node()]) {
      const from = { since: 0, epoch: 'epoch-1' };
      const told = [
        await rooms.state(customer, sessionId),
        await rooms.state(customer, sessionId, from),
        node.forCustomers,
      ];
      expect(JSON.stringify(told)).not.toContain('secret');
      expect(JSON.stringify(told)).not.toContain('staff');
      expect(JSON.stringify(await rooms.state(agent, sessionId, from))).toContain('secret note');
    }
  });

  it('[RT1] what others write through the records is told in its place', async () => {
    const { node, write } = await openRoomHouse();
    const { rooms, forCustomers, ...one } = node();
    await say({ rooms, forCustomers, ...one }, customer, 'hello');
    const escalated = { kind: 'escalated', authorId: 'agent-1', visibility: 'staff', data: {} } as const;
    await write([escalated], { status: 'queued' });
    expect(await rooms.refresh(sessionId)).toMatchObject({ seq: 2, session: { status: 'queued' } });
    expect(forCustomers.map(({ event }) => event)).toEqual(['chat:message', 'session:tick']);
  });

  it('[RT1] a log of another epoch is read anew, and everybody is told', async () => {
    const { node, store } = await openRoomHouse();
    const one = node();
    await say(one, customer, 'hello');
    const heads: string[] = [];
    one.rooms.listen((_id, { epoch }, staff, customers) => {
      heads.push(`${epoch} ${staff.length} ${customers.length}`);
    });
    await store.write((writer) => writer.put('supportSessions', openSession({ epoch: 'restored' })));
    expect((await one.rooms.refresh(sessionId)).epoch).toBe('restored');
    expect(heads).toEqual(['restored 0 0']);
    expect(await say(one, customer, 'again')).toMatchObject({ ok: true, seq: 2 });
  });

  it('[RT1] an operation on a room of an old epoch is done once, in the new log', async () => {
    const { node, store } = await openRoomHouse();
    const one = node();
    await say(one, customer, 'hello');
    await store.write((writer) => writer.put('supportSessions', openSession({ epoch: 'restored' })));
    expect(await say(one, customer, 'again')).toMatchObject({ ok: true, seq: 2 });
    expect((await one.rooms.refresh(sessionId)).epoch).toBe('restored');
  });

  it('[RT11] idle rooms are let go, and the least recently used when there are too many', async () => {
    const { node, store, clock } = await openRoomHouse();
    const { rooms } = node({ limits: { rooms: 3, idleMs: 60_000 } });
    const ids = ['s-1', 's-2', 's-3', 's-4', 's-5'];
    await store.write((writer) => {
      for (const id of ids) writer.create('supportSessions', openSession({ id }));
    });
    for (const id of ids) await rooms.refresh(id);
    await rooms.refresh('s-5');
    expect(rooms.count()).toBe(3);
    clock.advance(60_000);
    await rooms.refresh('s-5');
    expect(rooms.count()).toBe(1);
    expect(await rooms.apply(customer, 's-1', { name: 'chat:message', body: 'x' })).toMatchObject({ seq: 1 });
  });

  it('[RT11] rooms that hold much make place for others', async () => {
    const { node, store, clock } = await openRoomHouse();
    const one = node({ limits: { memory: 250_000 } });
    await store.write((writer) => {
      for (const id of ['s-2', 's-3']) writer.create('supportSessions', openSession({ id }));
    });
    await one.rooms.refresh('s-2');
    await one.rooms.refresh('s-3');
    clock.advance(1_000);
    await one.rooms.refresh('s-3');
    expect(one.rooms.count()).toBe(2);
    await one.do(customer, { name: 'annotation:add', type: 'text', data: 'x'.repeat(120_000) });
    clock.advance(1_000);
    await one.rooms.refresh(sessionId);
    expect(one.rooms.count()).toBe(1);
    expect((await one.rooms.state(agent, sessionId)).seq).toBe(1);
  });

  it('[HT7] closing waits for what is under way and refuses what comes later', async () => {
    const { node, entries } = await openRoomHouse();
    const one = node();
    await one.rooms.refresh(sessionId);
    const ack = say(one, customer, 'hello');
    await one.rooms.close();
    expect(await entries()).toHaveLength(1);
    expect(await ack).toMatchObject({ ok: true });
    expect(await say(one, customer, 'late')).toMatchObject({
      ok: false,
      code: 'unavailable',
      retryable: true,
    });
  });

  it('[RT2] a listener that fails harms nobody, and one that was taken off hears nothing', async () => {
    const { node } = await openRoomHouse();
    const one = node();
    one.rooms.listen(() => {
      throw new Error('broken');
    });
    let heard = 0;
    const stop = one.rooms.listen(() => {
      heard += 1;
    });
    expect(await say(one, customer, 'hello')).toMatchObject({ ok: true });
    stop();
    await say(one, customer, 'again');
    expect([heard, one.forStaff.length]).toEqual([1, 2]);
  });
});

/** Plays a script on two nodes at once; `where` says which node each step goes to, and which are sent twice. */
const playOnTwo = async (house: RoomHouse, steps: readonly Step[], where: readonly number[]) => {
  const nodes = [house.node(), house.node()] as const;
  for (const { rooms } of nodes) await rooms.refresh(sessionId);
  const acks = steps.map((step, index) => {
    const choice = where[index % where.length] ?? 0;
    const first = nodes[choice % 2 === 0 ? 0 : 1].do(step.user, step.operation);
    if (choice < 2) return [first];
    return [first, nodes[choice % 2 === 0 ? 1 : 0].do(step.user, step.operation)];
  });
  const answers = await Promise.all(acks.map((both) => Promise.all(both)));
  for (const { rooms } of nodes) await rooms.refresh(sessionId);
  return { nodes, answers };
};

describe('rooms on two nodes', () => {
  it('[RT12] keep one order without gaps, each operation exactly once, and end alike', async () => {
    await fc.assert(
      fc.asyncProperty(script(60), fc.array(fc.nat(3), { minLength: 1 }), async (steps, where) => {
        const house = await openRoomHouse();
        const { nodes, answers } = await playOnTwo(house, steps, where);
        const entries = await house.entries();
        expect(entries.map(({ seq }) => seq)).toEqual(upTo(entries.length));
        const operations = entries.flatMap(({ operation }) => operation ?? []);
        expect(new Set(operations).size).toBe(operations.length);
        const stored = new Set(operations);
        for (const [index, acks] of answers.entries()) {
          const { user, operation } = steps[index] ?? { user: customer, operation: { opId: '' } };
          const [first, second] = acks;
          const key = operationKey(user.uid, operation.opId ?? '');
          const idempotent = acks.some((ack) => ack.ok && ack.dup === true);
          expect(acks.some(({ ok }) => ok)).toBe(stored.has(key) || idempotent);
          if (first?.ok && second?.ok) expect(first.seq).toBe(second.seq);
        }
        const states = await Promise.all(
          [...nodes, house.node()].map(({ rooms }) => rooms.state(agent, sessionId)),
        );
        expect(states[1]).toEqual(states[0]);
        expect(states[2]).toEqual(states[0]);
        for (const { forStaff, forCustomers } of nodes) {
          expect(seqs(forStaff)).toEqual(upTo(entries.length));
          expect(seqs(forCustomers)).toEqual(seqs(forStaff));
        }
        await house.store.close();
      }),
      { seed, numRuns: 60 },
    );
  }, 60_000);
});

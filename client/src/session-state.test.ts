import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventFor, fold, sessionId } from '../test/support/model-log.ts';
import { type Asked, asked } from '../test/support/random-operations.ts';
import type { Operation } from './operation.ts';
import type { Annotation, JoinedAck, NamedDurableEvent } from './protocol.ts';
import { SessionState, type SessionView } from './session-state.ts';

const seed = Number(process.env.FC_SEED ?? 20260131);
const you = { userId: 'anna', name: 'Anna', role: 'customer', status: 'active' } as const;

const operationOf = (said: Asked, opId: string): Operation =>
  ({ ...said, opId, askedAt: Date.UTC(2026, 0, 31) }) as Operation;

/** A log that those operations make, by one user. */
const logOf = (operations: readonly Asked[], by = 'ben'): NamedDurableEvent[] => {
  const log: NamedDurableEvent[] = [];
  for (const [index, said] of operations.entries()) {
    const event = eventFor(log, by, operationOf(said, `${by}-${index}`));
    if (event !== undefined) log.push(event);
  }
  return log;
};

const snapshotOf = (log: readonly NamedDurableEvent[], epoch = 'e1'): JoinedAck => ({
  ok: true,
  epoch,
  seq: log.length,
  mode: 'snapshot',
  annotations: fold(log).annotations,
  messages: log.filter(({ event }) => event === 'chat:message' || event === 'comment:added'),
  proofs: [],
  participants: [you],
  you,
});

const joinedState = (log: readonly NamedDurableEvent[] = []): SessionState => {
  const state = new SessionState({ sessionId });
  state.join(snapshotOf(log));
  return state;
};

const shown = ({ annotations, messages }: SessionView) => ({
  annotations,
  said: messages.map(({ body }) => body),
});

/** An annotation without what only the server can know. */
const drawn = ({ seq: _, rev: __, timestamp: ___, ...rest }: Annotation) => rest;

const pen = (id: string): Asked => ({ name: 'annotation:add', payload: { id, type: 'pen', data: { x: 1 } } });
const say = (body: string): Asked => ({ name: 'chat:message', payload: { body } });

/** One user asks for things while another one does some. */
class OptimisticScene {
  readonly log: NamedDurableEvent[] = [];
  readonly state = joinedState();
  readonly mine: Operation[] = [];

  ask(operation: Operation): void {
    this.mine.push(operation);
    this.state.ask(operation);
  }

  othersDo(operation: Operation, late: boolean): void {
    const event = eventFor(this.log, 'ben', operation);
    if (event === undefined) return;
    this.log.push(event);
    if (late) this.#catchUp();
    else this.state.receive(event);
  }

  /** The view is what the log would come to if the own operations were done now. */
  check(): void {
    const hoped = [...this.log];
    for (const operation of this.mine) {
      const event = eventFor(hoped, 'anna', operation);
      if (event !== undefined) hoped.push(event);
    }
    const { view, nextOperation } = this.state;
    expect(view.annotations.map(drawn)).toEqual(fold(hoped).annotations.map(drawn));
    expect(view.pending).toEqual(this.mine);
    expect(nextOperation).toBe(this.mine[0]);
  }

  answerAll(): void {
    for (const operation of this.mine) {
      const event = eventFor(this.log, 'anna', operation);
      if (event === undefined) this.state.refused(operation.opId);
      else {
        this.log.push(event);
        this.state.done({ opId: operation.opId, seq: this.log.length });
      }
    }
    this.#catchUp();
  }

  #catchUp(): void {
    this.state.catchUp({ seq: this.log.length, events: this.log.slice(this.state.position?.seq ?? 0) });
  }
}

describe('the state of a session', () => {
  it('[RT4] a known event is dropped, the next applied, a later one shows a gap', () => {
    const [first, second, third] = logOf([pen('a'), pen('b'), pen('c')]);
    if (!first || !second || !third) throw new Error('three events were made');
    const state = joinedState([first]);
    expect(state.receive(first).reception).toBe('dropped');
    expect(state.receive(third)).toMatchObject({ reception: 'gap', applied: [], missing: true });
    expect(state.view.annotations).toHaveLength(1);
    expect(state.receive(second)).toMatchObject({
      reception: 'applied',
      applied: [second, third],
      missing: false,
    });
    expect(state.position).toEqual({ epoch: 'e1', seq: 3 });
  });

  it('[RT4] events in any order, doubled and delayed, end equal to the fold of the log', () => {
    const scene = fc.record({
      operations: fc.array(asked, { maxLength: 40 }),
      from: fc.nat(),
      order: fc.array(fc.nat(), { maxLength: 120 }),
      syncs: fc.array(fc.nat(), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(scene, ({ operations, from, order, syncs }) => {
        const log = logOf(operations);
        const state = joinedState(log.slice(0, from % (log.length + 1)));
        for (const [index, choice] of order.entries()) {
          const event = log[choice % Math.max(1, log.length)];
          if (event !== undefined) state.receive(event);
          if (!syncs.includes(index)) continue;
          const { seq } = state.position ?? { seq: 0 };
          const upTo = seq + (choice % (log.length - seq + 1));
          expect(state.catchUp({ seq: upTo, events: log.slice(seq, upTo) })).toBeDefined();
          expect(state.position?.seq).toBeGreaterThanOrEqual(upTo);
        }
        const { seq } = state.position ?? { seq: 0 };
        expect(state.catchUp({ seq: log.length, events: log.slice(seq) }).missing).toBe(false);
        expect(shown(state.view)).toEqual(fold(log));
        expect(state.isBehind({ epoch: 'e1', seq: log.length })).toBe(false);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('[WE2] own operations show at once, survive what others do, and end equal to the log', () => {
    const step = fc.record({ mine: fc.boolean(), said: asked, late: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const scene = new OptimisticScene();
        for (const [index, { mine, said, late }] of steps.entries()) {
          if (mine) scene.ask(operationOf(said, `op-${index}`));
          else scene.othersDo(operationOf(said, `ben-${index}`), late);
          scene.check();
        }
        scene.answerAll();
        expect(scene.state.view.pending).toEqual([]);
        expect(shown(scene.state.view)).toEqual(fold(scene.log));
      }),
      { seed, numRuns: 500 },
    );
  });

  it('[RT4] an answered operation stays visible until its event is here, and is there once then', () => {
    const log = logOf([pen('a')]);
    const state = joinedState(log);
    const operation = operationOf(say('hello'), 'op-1');
    state.ask(operation);
    const own = eventFor([...log, ...log], 'anna', operation);
    if (own === undefined) throw new Error('a message is always taken');
    state.done({ opId: 'op-1', seq: 3 });
    expect(state.view.messages).toMatchObject([{ id: 'op-1', seq: 0, by: 'anna', body: 'hello' }]);
    expect(state.view.pending).toEqual([]);
    const between: NamedDurableEvent = {
      event: 'session:tick',
      payload: { sessionId, seq: 2, at: '', by: 'system' },
    };
    state.catchUp({ seq: 3, events: [between, own] });
    expect(state.view.messages).toMatchObject([{ id: 'm-op-1', seq: 3, opId: 'op-1' }]);
  });

  it('[RT3] an operation whose answer was lost shows once, and is still sent again', () => {
    const state = joinedState();
    const operation = operationOf(say('hello'), 'op-1');
    state.ask(operation);
    const own = eventFor([], 'anna', operation);
    if (own === undefined) throw new Error('a message is always taken');
    state.receive(own);
    expect(state.view.messages).toHaveLength(1);
    expect(state.nextOperation).toBe(operation);
    state.done({ opId: 'op-1', seq: 1 });
    expect(state.nextOperation).toBeUndefined();
  });

  it('[RT3] a snapshot that holds an unanswered operation shows it once', () => {
    const state = joinedState();
    for (const [index, said] of [pen('a'), say('hello')].entries()) {
      state.ask(operationOf(said, `anna-${index}`));
    }
    state.join(snapshotOf(logOf([pen('a'), say('hello')], 'anna'), 'e2'));
    expect(state.view.annotations).toHaveLength(1);
    expect(state.view.messages).toHaveLength(1);
    expect(state.view.pending).toHaveLength(2);
  });

  it('[RT1] another epoch replaces the state; what was answered in the old one is not shown any more', () => {
    const state = joinedState(logOf([pen('a'), pen('b')]));
    state.ask(operationOf(pen('mine'), 'op-1'));
    state.ask(operationOf(pen('waiting'), 'op-2'));
    state.done({ opId: 'op-1', seq: 9 });
    state.join(snapshotOf(logOf([pen('z')]), 'e2'));
    expect(state.view.annotations.map(({ id }) => id)).toEqual(['z', 'waiting']);
    expect(state.isBehind({ epoch: 'e1', seq: 1 })).toBe(true);
  });

  it('[RT6] an own deletion hides the annotation until it is refused', () => {
    const state = joinedState(logOf([pen('a')]));
    state.ask(operationOf({ name: 'annotation:delete', payload: { id: 'a' } }, 'op-1'));
    expect(state.view.annotations).toEqual([]);
    state.refused('op-1');
    expect(state.view.annotations.map(({ id }) => id)).toEqual(['a']);
  });

  it('[RT1] what came early of one log is not taken for part of another', () => {
    const old = logOf([say('one'), say('two'), say('three')]);
    const state = joinedState(old.slice(0, 1));
    const [, , early] = old;
    if (early === undefined) throw new Error('there is no third event');
    expect(state.receive(early).reception).toBe('gap');
    const advance = state.join(snapshotOf(logOf([say('other'), say('log')]), 'e2'));
    expect(advance).toEqual({ applied: [], missing: false });
    expect(shown(state.view).said).toEqual(['other', 'log']);
  });

  it('[RT4] views are never changed afterwards, and are the same object until something changes', () => {
    const [first, second] = logOf([pen('a'), say('hello')]);
    if (!first || !second) throw new Error('two events were made');
    const state = joinedState([first]);
    const before = state.view;
    const copy = structuredClone(before);
    expect(state.view).toBe(before);
    state.receive(first);
    expect(state.view).toBe(before);
    state.receive(second);
    state.ask(operationOf(pen('b'), 'op-1'));
    state.hear('typing:start', { sessionId, userId: 'ben' });
    expect(before).toEqual(copy);
    expect(state.view).not.toBe(before);
  });

  it('[RT7] [RT8] people come, point, draw, type, read and go', () => {
    const state = joinedState();
    const ben = { userId: 'ben', name: 'Ben', role: 'agent', status: 'active' } as const;
    const from = { sessionId, userId: 'ben' };
    state.hear('user:joined', { sessionId, participant: ben });
    state.hear('cursor:frame', { sessionId, moves: [['ben', 0.1, 0.2, 3]] });
    state.hear('annotation:drawing', { ...from, id: 'a', points: [[0.5, 0.5]] });
    state.hear('typing:start', from);
    state.hear('chat:read', { ...from, seq: 5 });
    state.hear('chat:read', { ...from, seq: 3 });
    state.hear('presence:changed', { ...from, status: 'idle' });
    expect(state.view.participants).toEqual([you, { ...ben, status: 'idle' }]);
    expect(state.view.cursors.get('ben')).toEqual({ x: 0.1, y: 0.2, page: 3 });
    expect([...state.view.typing]).toEqual(['ben']);
    expect(state.view.reads.get('ben')).toBe(5);
    expect(state.view.drawings.size).toBe(1);
    for (const event of logOf([pen('a')])) state.receive(event);
    expect(state.view.drawings.size).toBe(0);
    state.hear('user:left', { ...from, reason: 'left' });
    expect(state.view).toMatchObject({ participants: [you], cursors: new Map(), typing: new Set() });
  });
});

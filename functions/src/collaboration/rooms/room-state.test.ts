import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeEntry } from '../../ports/log-entry.ts';
import type { SessionLogEntry, StoredAnnotation } from '../../ports/records.ts';
import { JsonText, jsonOf } from '../../protocol/json-text.ts';
import { keptJsonOf } from '../../protocol/kept-json.ts';
import { agent, customer, openSession, sessionId } from '../../testing/room-house.ts';
import { type Step, script } from '../../testing/room-scripts.ts';
import { canonicalJson, requestOf } from './operation-request.ts';
import { planOperation } from './plan-operation.ts';
import { RoomDraft } from './room-draft.ts';
import { SessionState } from './room-state.ts';

const at = '2026-01-31T09:30:00.000Z';
const limits = { annotations: 1_000, size: 1_000_000, proofs: 100 };
const seed = 20_261_122;
console.log(`room-state.test.ts: seed ${seed}`);
const runs = { seed, numRuns: 150 };

const emptyState = (): SessionState =>
  new SessionState({
    position: { epoch: 'epoch-1', seq: 0 },
    session: openSession(),
    annotations: [],
    messages: [],
    proofs: [],
  });

const entriesOf = (state: SessionState, { user, operation }: Step): SessionLogEntry[] => {
  const plan = planOperation(state, requestOf(user, operation), limits);
  if (plan.outcome !== 'entries') return [];
  return plan.entries.map((entry, index) => placeEntry(sessionId, state.seq + 1 + index, at, entry));
};

/** The log that a script makes. */
const play = (steps: readonly Step[]) => {
  const state = emptyState();
  const log: SessionLogEntry[] = [];
  for (const step of steps) {
    for (const entry of entriesOf(state, step)) {
      state.apply(entry);
      // As a log gives it back.
      log.push(JSON.parse(jsonOf(entry)));
    }
  }
  return { state, log };
};

/** The records that are written with a log. */
const write = (log: readonly SessionLogEntry[]) => {
  const state = emptyState();
  const records = new Map<string, StoredAnnotation>();
  const keep = (_collection: string, record: StoredAnnotation) => records.set(record.id, record);
  for (const entry of log) {
    const draft = new RoomDraft(state);
    draft.apply(entry);
    draft.write({ create: keep, put: keep, delete: () => undefined } as never);
    state.apply(entry);
  }
  return { state, records };
};

const seen = (state: SessionState) => ({
  seq: state.seq,
  session: state.session,
  annotations: [...state.annotations()],
  messages: state.messages,
  count: state.count,
  size: state.size,
});

const replay = (log: readonly SessionLogEntry[], state = emptyState()): SessionState => {
  for (const entry of log) state.apply(entry);
  return state;
};

const alive = (records: ReadonlyMap<string, StoredAnnotation>): StoredAnnotation[] =>
  [...records.values()].filter(({ deleted }) => !deleted).sort((a, b) => a.seq - b.seq);

describe('room state', () => {
  it('[RT1] the same log gives the same state', () => {
    fc.assert(
      fc.property(script(40), (steps) => {
        const { state, log } = play(steps);
        expect(seen(replay(log))).toEqual(seen(state));
      }),
      runs,
    );
  });

  it('[RT1] the records hold what the state does, so a snapshot and the rest of the log end where the log does', () => {
    fc.assert(
      fc.property(script(40), fc.nat(), (steps, cut) => {
        const { state, log } = play(steps);
        const seq = cut % (log.length + 1);
        const { records, state: early } = write(log.slice(0, seq));
        const resumed = new SessionState({
          position: { epoch: 'epoch-1', seq },
          session: openSession(),
          annotations: alive(records),
          messages: early.messages,
          proofs: [...early.proofs()],
        });
        expect(seen(resumed)).toEqual(seen(early));
        expect(seen(replay(log.slice(seq), resumed))).toEqual(seen(state));
      }),
      runs,
    );
  });

  it('[RT4] entries that come twice, late or in any order end in the same state once all have come', () => {
    const anyOrder = script(25)
      .map(play)
      .chain(({ state, log }) =>
        fc.tuple(
          fc.constant(state),
          fc.constant(log),
          fc.shuffledSubarray([...log, ...log], { minLength: 2 * log.length }),
        ),
      );
    fc.assert(
      fc.property(anyOrder, ([state, log, delivered]) => {
        const copy = emptyState();
        for (const entry of delivered) {
          const next = entry.seq === copy.seq + 1;
          expect(copy.apply(entry)).toBe(next);
        }
        replay(log.slice(copy.seq), copy);
        expect(seen(copy)).toEqual(seen(state));
      }),
      runs,
    );
  });

  it('[RT6] what is deleted stays deleted, whatever comes after', () => {
    fc.assert(
      fc.property(script(40), (steps) => {
        const { log } = play(steps);
        const state = emptyState();
        const gone = new Set<string>();
        for (const entry of log) {
          const before = [...state.annotations()].map(({ id }) => id);
          state.apply(entry);
          for (const id of before.filter((known) => state.annotation(known) === undefined)) gone.add(id);
          expect([...gone].filter((id) => state.annotation(id) !== undefined)).toEqual([]);
        }
        expect([...gone].filter((id) => state.deletion(id) === undefined)).toEqual([]);
      }),
      runs,
    );
  });

  it('[RT6] entries on what is not there change nothing', () => {
    const state = emptyState();
    const before = seen(state);
    const entry = (kind: SessionLogEntry['kind'], data: Record<string, unknown>) =>
      placeEntry(sessionId, state.seq + 1, at, {
        kind,
        authorId: 'customer-1',
        visibility: 'public',
        subjectId: 'mark-9',
        data,
      });
    state.apply(entry('annotation:updated', { page: 2 }));
    state.apply(entry('annotation:resolved', { resolved: true }));
    state.apply(entry('annotation:deleted', {}));
    state.apply(entry('annotation:cleared', { ids: ['mark-9'] }));
    expect(seen(state)).toEqual({ ...before, seq: 4 });
  });

  it('[RT6] properties that different people change at once are both kept, the later wins on the same', () => {
    const add = {
      name: 'annotation:add',
      opId: 'op-1',
      id: 'mark-1',
      type: 'pen',
      data: { a: 1, b: 1 },
    } as const;
    const update = (opId: string, patch: object) =>
      ({ name: 'annotation:update', opId, id: 'mark-1', patch }) as const;
    const { state } = play([
      { user: customer, operation: add },
      { user: customer, operation: update('op-2', { data: { a: 2 }, layer: 'mine' }) },
      { user: agent, operation: update('op-3', { data: { b: null, c: 3 }, page: 4, layer: 'ours' }) },
    ]);
    expect(state.annotation('mark-1')).toMatchObject({
      data: JsonText.of({ a: 2, c: 3 }),
      layer: 'ours',
      page: 4,
      seq: 1,
      rev: 3,
      userId: 'customer-1',
      status: 'open',
    });
  });

  it('[RT1] a kind that is not known only moves the place', () => {
    const state = emptyState();
    const before = seen(state);
    const entry = { kind: 'from:the-future', authorId: 'x', visibility: 'public', data: { ids: 7 } } as never;
    expect(state.apply(placeEntry(sessionId, 1, at, entry))).toBe(true);
    expect(seen(state)).toEqual({ ...before, seq: 1 });
  });

  it('[RT3] contents are equal when their values are, in whatever order the keys were', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const shuffle = (part: unknown): unknown => {
          if (Array.isArray(part)) return part.map(shuffle);
          if (typeof part !== 'object' || part === null) return part;
          return Object.fromEntries(
            Object.entries(part)
              .reverse()
              .map(([key, member]) => [key, shuffle(member)]),
          );
        };
        expect(canonicalJson(shuffle(value))).toBe(canonicalJson(value));
        const written = shuffle(value);
        keptJsonOf(written);
        expect(canonicalJson(written)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      runs,
    );
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Agent } from '../../ports/records.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { sampleAgent } from '../../testing/support-agent.ts';
import { createLearnedState, type LearnedState } from './learned-state.ts';

const none = { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 0, 'video-call': 0 };
const agent = (changes: Partial<Agent>): Agent =>
  sampleAgent({ capacity: { ...none, 'live-chat': 2, 'co-browse': 1, 'video-call': 1 }, ...changes });
const outcome = {
  channel: 'live-chat',
  category: 'technical',
  complexityBand: 'low',
  ended: 1,
  resolved: 1,
} as const;

describe('learned state', () => {
  let store: RecordStore;
  let clock: ManualClock;
  let learned: LearnedState;
  let warnings: string[];

  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
    clock = createManualClock();
    warnings = [];
    learned = createLearnedState({ store, clock, logger: { warn: (_, message) => warnings.push(message) } });
  });
  afterEach(() => store.close());

  const count = () =>
    store.write((writer) =>
      writer.increment('channelOutcomes', { id: 'live-chat-technical-low', ...outcome }, [
        'ended',
        'resolved',
      ]),
    );
  const seen = async (): Promise<number> =>
    (await learned.current()).outcomesOf('technical', 2)['live-chat']?.ended ?? 0;
  /** What decisions see once the reading that the first of them began has ended. */
  const seenSoon = async (): Promise<number> => {
    await learned.current();
    await learned.settled();
    return seen();
  };

  test('[RO4] the first decision waits for what was learnt; later ones use it without reading', async () => {
    await count();
    expect(await seen()).toBe(1);
    await count();
    clock.advance(29_999);
    expect(await seenSoon()).toBe(1);
  });

  test('[RO4] after 30 seconds the outcomes of other processes are read, behind the decisions', async () => {
    await seen();
    await count();
    clock.advance(30_000);
    expect(await seen()).toBe(0);
    expect(await seenSoon()).toBe(1);
  });

  test('[RO4] an outcome of this process is read a second later', async () => {
    await seen();
    await count();
    learned.outcomesChanged();
    expect(await seenSoon()).toBe(0);
    clock.advance(1_000);
    expect(await seenSoon()).toBe(1);
  });

  test('[RO4] after a long silence the first decision waits, so that none rests on what was long ago', async () => {
    await seen();
    await count();
    clock.advance(60 * 60_000);
    expect(await seen()).toBe(1);
  });

  test('[EN5] when outcomes cannot be read the last known ones hold, and somebody is told', async () => {
    await count();
    expect(await seen()).toBe(1);
    await store.close();
    clock.advance(30_000);
    expect(await seenSoon()).toBe(1);
    expect(warnings).toHaveLength(1);
  });

  test.each<[string, Agent[], string[]]>([
    ['nobody is there', [agent({ status: 'offline' })], []],
    ['one has room everywhere', [agent({})], []],
    ['who is there is full on chat', [agent({ open: { ...none, 'live-chat': 2 } })], ['live-chat']],
    [
      'only who is away has room',
      [agent({ open: { ...none, 'video-call': 1 } }), agent({ id: 'agent-2', status: 'away' })],
      ['video-call'],
    ],
  ])('[RO1] channels on which nobody is free, when %s', async (_, agents, busy) => {
    await store.write((writer) => {
      for (const each of agents) writer.put('agents', each);
    });
    expect((await learned.current()).busy).toEqual(busy);
  });
});

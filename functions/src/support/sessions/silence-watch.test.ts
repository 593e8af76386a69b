import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryCache } from '../../engines/memory/memory-cache.ts';
import { createMemoryRelay } from '../../engines/memory/memory-relay.ts';
import { createSignsOfLife } from '../../engines/memory/signs-of-life.ts';
import type { NewLogEntry } from '../../ports/records.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { abandonAfterMs, openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { createSilenceWatch } from './silence-watch.ts';

const graceMs = 60_000;

/** An active session in which the agent has the last word. */
const openQuietSession = async (options: { answered?: boolean; language?: 'de' | 'en' } = {}) => {
  const desk = await openSessionDesk();
  const buyer = await desk.customer('buyer');
  const agent = await desk.agent('agent');
  const { id } = await desk.open(buyer, {}, { language: options.language ?? 'en' });
  await desk.settled(id);
  await desk.sessions.reader.get(agent, id);
  desk.clock.advance(graceMs);
  await desk.sessions.silence.look();
  if (options.answered !== false) await write(desk, id, 'agent');
  return { desk, id };
};

const write = (desk: SessionDesk, id: string, authorId: string, change: Partial<NewLogEntry> = {}) =>
  desk.store.transaction(async (transaction) => {
    await transaction.get('supportSessions', id);
    const entry = { kind: 'message', authorId, visibility: 'public', data: { body: 'hello' } } as const;
    await transaction.append(id, new Date(desk.clock.now()).toISOString(), [{ ...entry, ...change }]);
  });

/** Lets time pass, looking as often as the clock of a server would. */
const pass = async (desk: SessionDesk, milliseconds: number, watch = desk.sessions.silence) => {
  for (let left = milliseconds; left > 0; left -= 15_000) {
    desk.clock.advance(Math.min(left, 15_000));
    await watch.look();
  }
};

const statusOf = async (desk: SessionDesk, id: string) => {
  const session = await desk.store.get('supportSessions', id);
  return session?.resolution ?? session?.status;
};

const warningsIn = async (desk: SessionDesk, id: string) =>
  (await desk.log(id)).filter(({ kind, authorId }) => kind === 'message' && authorId === 'system');

describe('a silent customer', () => {
  it('[RE9] is warned once, and the session ends as abandoned after as much again', async () => {
    const { desk, id } = await openQuietSession({ language: 'de' });
    await pass(desk, abandonAfterMs - 15_000);
    expect(await warningsIn(desk, id)).toEqual([]);
    await pass(desk, 30_000);
    expect(await warningsIn(desk, id)).toMatchObject([
      { visibility: 'public', data: { body: expect.stringContaining('Sind Sie noch da?') } },
    ]);
    await pass(desk, abandonAfterMs - 30_000);
    expect(await statusOf(desk, id)).toBe('active');
    await pass(desk, 45_000);
    expect(await statusOf(desk, id)).toBe('abandoned');
    expect(await warningsIn(desk, id)).toHaveLength(1);
    expect((await desk.log(id)).at(-1)).toMatchObject({ kind: 'ended', authorId: 'system' });
    expect((await desk.store.get('agents', 'agent'))?.open['live-chat']).toBe(0);
    const outcomes = { orderBy: 'id', direction: 'ascending', limit: 9 } as const;
    expect((await desk.store.list('channelOutcomes', outcomes)).items).toMatchObject([
      { ended: 1, resolved: 0 },
    ]);
  });

  it.each([
    ['writes', { kind: 'message' }],
    ['draws', { kind: 'annotation:added', data: {} }],
    ['comments', { kind: 'comment:added' }],
  ] as const)(
    '[RE9] is none who %s: it begins anew with the next word to the customer',
    async (_does, entry) => {
      const { desk, id } = await openQuietSession();
      await pass(desk, abandonAfterMs + 30_000);
      await write(desk, id, 'buyer', entry);
      await pass(desk, 3 * abandonAfterMs);
      expect(await statusOf(desk, id)).toBe('active');
      await write(desk, id, 'agent');
      await pass(desk, abandonAfterMs + 30_000);
      expect(await warningsIn(desk, id)).toHaveLength(2);
      expect(await statusOf(desk, id)).toBe('active');
    },
  );

  it('[RE9] is not abandoned while doing what the log does not show', async () => {
    const { desk, id } = await openQuietSession();
    for (let minute = 0; minute < 60; minute += 1) {
      desk.sessions.silence.heard(id);
      await pass(desk, 60_000);
    }
    expect(await statusOf(desk, id)).toBe('active');
    expect(await warningsIn(desk, id)).toEqual([]);
    await pass(desk, 2 * abandonAfterMs + 45_000);
    expect(await statusOf(desk, id)).toBe('abandoned');
  });

  it('[RE9] who waits for an answer, or in the queue, is never given up', async () => {
    const { desk, id } = await openQuietSession({ answered: false });
    await write(desk, id, 'agent', { visibility: 'staff' });
    const waiting = await desk.open(await desk.customer('second'), { type: 'video-call' });
    await desk.agents.update('agent', { status: 'away' });
    await pass(desk, 3 * abandonAfterMs);
    expect(await statusOf(desk, id)).toBe('active');
    expect(await statusOf(desk, waiting.id)).toBe('queued');
    expect(await warningsIn(desk, id)).toEqual([]);
  });

  it('[RE9] [FA] a jump of the wall clock ends nothing early, and puts an end off once at most', async () => {
    const { desk, id } = await openQuietSession();
    await pass(desk, 60_000);
    desk.clock.jump(86_400_000);
    await pass(desk, 60_000);
    expect(await warningsIn(desk, id)).toEqual([]);
    desk.clock.jump(-2 * 86_400_000);
    await pass(desk, 2 * abandonAfterMs);
    expect(await warningsIn(desk, id)).toHaveLength(1);
    expect(await statusOf(desk, id)).toBe('active');
    await pass(desk, abandonAfterMs + 45_000);
    expect(await statusOf(desk, id)).toBe('abandoned');
  });

  it('[RE9] a silence goes on over a restart, after a minute in which everybody may come back', async () => {
    const { desk, id } = await openQuietSession();
    await pass(desk, abandonAfterMs + 30_000);
    expect(await warningsIn(desk, id)).toHaveLength(1);
    desk.clock.advance(2 * abandonAfterMs);
    const { store, clock } = desk;
    const cache = createMemoryCache({ clock });
    onTestFinished(() => cache.close());
    const watch = createSilenceWatch({
      context: { store, clock, cache, subscribers: [], queueMayMove: () => undefined },
      live: { publish: () => undefined },
      signs: createSignsOfLife({ clock, relay: createMemoryRelay() }),
      timers: createManualTimers(clock),
      logger: { warn: () => undefined },
      abandonAfterMs,
    });
    await pass(desk, graceMs - 15_000, watch);
    expect(await statusOf(desk, id)).toBe('active');
    await pass(desk, 30_000, watch);
    expect(await statusOf(desk, id)).toBe('abandoned');
    expect(await warningsIn(desk, id)).toHaveLength(1);
  });

  it('[RE9] is warned once by however many nodes', async () => {
    const { desk, id } = await openQuietSession();
    desk.clock.advance(abandonAfterMs);
    await Promise.all([desk.sessions.silence.look(), desk.sessions.silence.look()]);
    expect(await warningsIn(desk, id)).toHaveLength(1);
  });
});

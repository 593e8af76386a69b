import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryCache } from '../../engines/memory/memory-cache.ts';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { LoggedRecordStore } from '../../ports/session-log.ts';
import {
  appendAt,
  epoch,
  messages,
  readAll,
  seqsOf,
  sessionId,
} from '../../ports/session-log-samples.contract.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { sampleSession } from '../../testing/support-session.ts';
import { fallBack } from './assignment.ts';
import { createSessionEnder } from './end-session.ts';
import type { SessionContext } from './session-context.ts';

let store: LoggedRecordStore;
let context: SessionContext;
/** What the room does the first time a service asks for the time, which is after it has read the session. */
let meanwhile: () => unknown;
let looks: number;

beforeEach(async () => {
  store = await openSqliteStore({ file: ':memory:' });
  const clock = createManualClock();
  const cache = createMemoryCache({ clock });
  onTestFinished(async () => {
    await cache.close();
    await store.close();
  });
  looks = 0;
  meanwhile = () => undefined;
  const now = (): number => {
    looks += 1;
    if (looks === 1) meanwhile();
    return clock.now();
  };
  context = { store, cache, clock: { ...clock, now }, subscribers: [], queueMayMove: () => undefined };
  const { resolution, endedAt, duration, openedAt, ...active } = sampleSession({ epoch, status: 'active' });
  expect([resolution, endedAt, duration, openedAt]).not.toContain(undefined);
  await store.write((writer) => writer.create('supportSessions', active));
  await store.log.append(appendAt(0, messages(2)));
});

const kinds = async (): Promise<string[]> => {
  const entries = await readAll(store);
  expect(seqsOf(entries)).toEqual(entries.map((_, index) => index + 1));
  return entries.map(({ kind }) => kind);
};

describe('changes of a session beside its room', () => {
  it('[RT1] ending it comes behind what the room appended meanwhile, and closes the log to the room', async () => {
    let appended: unknown;
    meanwhile = () => {
      appended = store.log.append(appendAt(2, messages(1, 3)));
    };
    const admin = { uid: 'admin-1', email: 'admin@test.local', name: 'Admin', role: 'admin' } as const;
    await createSessionEnder(context)(admin, sessionId, { status: 'completed' });
    expect(await appended).toMatchObject({ outcome: 'appended' });
    expect(looks).toBe(2);
    expect(await kinds()).toEqual(['message', 'message', 'message', 'ended']);
    expect((await store.get('supportSessions', sessionId))?.status).toBe('completed');
    expect(await store.log.append(appendAt(3, messages(1)))).toEqual({
      outcome: 'moved',
      head: { epoch, seq: 4 },
    });
  });

  it('[RT1] an assignment that falls back comes behind what the room appended meanwhile', async () => {
    let appended: unknown;
    meanwhile = () => {
      appended = store.log.append(appendAt(2, messages(2, 3)));
    };
    expect(await fallBack(context, { sessionId, agentId: 'agent-1', reason: 'not opened in time' })).toBe(
      true,
    );
    expect(await appended).toMatchObject({ outcome: 'appended' });
    expect(await kinds()).toEqual(['message', 'message', 'message', 'message', 'requeued']);
    expect((await store.get('supportSessions', sessionId))?.status).toBe('queued');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { AnalyticsRollup, SupportSession } from '../ports/records.ts';
import { sampleSession } from '../testing/support-session.ts';
import { rollupWriter } from './rollup-writer.ts';

let store: RecordStore;

beforeEach(async () => {
  store = await openSqliteStore({ file: ':memory:' });
});

afterEach(() => store.close());

const end = (session: SupportSession): Promise<void> =>
  store.write((writer) => rollupWriter.ending(writer, { session, decision: undefined }));

const rate = (session: SupportSession, satisfaction: number): Promise<void> =>
  store.write((writer) => rollupWriter.rated(writer, { session, satisfaction, decision: undefined }));

const rollups = async (): Promise<AnalyticsRollup[]> =>
  (await store.list('analyticsRollups', { orderBy: 'hour', direction: 'ascending', limit: 1_000 })).items;

const abandoned = (): SupportSession => {
  const { agentId: _a, assignedAt: _b, openedAt: _c, duration: _d, ...left } = sampleSession();
  return { ...left, resolution: 'abandoned' };
};

describe('roll-up writer', () => {
  it('[RE5] adds everything an ended session tells to the UTC hour of its end', async () => {
    await end(sampleSession({ startTime: '2026-01-31T08:59:00.000Z', handovers: 2 }));
    expect(await rollups()).toEqual([
      {
        id: '2026013109-live-chat-technical-agent-1',
        hour: '2026-01-31T09:00:00.000Z',
        channel: 'live-chat',
        category: 'technical',
        agentId: 'agent-1',
        ended: 1,
        resolved: 1,
        escalated: 0,
        abandoned: 0,
        handedOver: 1,
        waitSum: 300,
        waitCount: 1,
        firstResponseSum: 420,
        firstResponseCount: 1,
        durationSum: 1_500,
        durationCount: 1,
        ratingSum: 0,
        ratingCount: 0,
      },
    ]);
  });

  it('[AN2] the first response is the first message of an agent, and the first look where there was none', async () => {
    const session = sampleSession({ startTime: '2026-01-31T09:00:00.000Z' });
    await store.write((writer) => {
      const firstMessageAt = '2026-01-31T09:08:30.000Z';
      rollupWriter.ending(writer, { session, decision: undefined, firstMessageAt });
    });
    expect(await rollups()).toMatchObject([{ firstResponseSum: 510, firstResponseCount: 1 }]);
    await end(session);
    expect(await rollups()).toMatchObject([{ firstResponseSum: 510 + 360, firstResponseCount: 2 }]);
  });

  it('[RE5] counts a session that nobody took without wait, response and duration', async () => {
    await end(abandoned());
    expect(await rollups()).toMatchObject([
      {
        agentId: '',
        ended: 1,
        abandoned: 1,
        resolved: 0,
        waitCount: 0,
        firstResponseCount: 0,
        durationCount: 0,
      },
    ]);
  });

  it('[AN2] a session that only the assistant had has no wait and no first response of the staff', async () => {
    const { agentId: _, ...session } = sampleSession({ type: 'ai-chatbot' });
    await end({ ...session, assignedAt: session.startTime, openedAt: session.startTime });
    expect(await rollups()).toMatchObject([{ agentId: '', ended: 1, waitCount: 0, firstResponseCount: 0 }]);
  });

  it('[AN2] the time with whoever had a session before it was handed on is no wait', async () => {
    await end(sampleSession({ handovers: 1, queuedAt: '2026-01-31T09:04:00.000Z' }));
    expect(await rollups()).toMatchObject([{ waitSum: 60, waitCount: 1 }]);
  });

  it('[RE5] adds sessions of one hour, channel, category and agent to one record', async () => {
    await Promise.all(Array.from({ length: 50 }, () => end(sampleSession())));
    await end(sampleSession({ resolution: 'escalated', endedAt: '2026-01-31T09:59:59.999Z' }));
    await end(sampleSession({ endedAt: '2026-01-31T10:00:00.000Z' }));
    expect(await rollups()).toMatchObject([
      { hour: '2026-01-31T09:00:00.000Z', ended: 51, resolved: 50, escalated: 1, waitSum: 51 * 300 },
      { hour: '2026-01-31T10:00:00.000Z', ended: 1, resolved: 1 },
    ]);
  });

  it('[RE5] keeps apart what differs in channel, category or agent, an agent called "none" too', async () => {
    const { agentId: _, ...unassigned } = sampleSession();
    const kinds: SupportSession[] = [
      sampleSession(),
      sampleSession({ type: 'co-browse' }),
      sampleSession({ category: 'approval' }),
      sampleSession({ agentId: 'none' }),
      unassigned,
    ];
    for (const session of kinds) await end(session);
    expect(await rollups()).toHaveLength(kinds.length);
  });

  it('[RE5] adds a late rating to the hour in which its session ended', async () => {
    const session = sampleSession();
    await end(session);
    await end(sampleSession({ id: 'session-2' }));
    await rate(session, 4);
    expect(await rollups()).toMatchObject([{ ended: 2, ratingSum: 4, ratingCount: 1 }]);
  });

  it('[RE5] writes nothing when the transaction that ends the session fails', async () => {
    const failing = store.transaction(async (transaction) => {
      rollupWriter.ending(transaction, { session: sampleSession(), decision: undefined });
      throw new Error('the session could not be ended');
    });
    await expect(failing).rejects.toThrow('could not be ended');
    expect(await rollups()).toEqual([]);
  });

  it('[FA] takes a clock that was set back as no time at all', async () => {
    const later = '2026-01-31T12:00:00.000Z';
    await end(sampleSession({ startTime: later, queuedAt: later, duration: -5 }));
    expect(await rollups()).toMatchObject([
      { waitSum: 0, firstResponseSum: 0, durationSum: 0, waitCount: 1 },
    ]);
  });
});

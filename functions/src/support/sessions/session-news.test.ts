import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { LiveAudience, LiveEvent } from '../../ports/live-events.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { sampleSession } from '../../testing/support-session.ts';
import { withSessionNews } from './session-news.ts';

const { agentId: _agent, resolution: _resolution, ...unassigned } = sampleSession({ status: 'queued' });

describe('news of sessions', () => {
  let plain: RecordStore;
  let store: RecordStore;
  const told: [LiveAudience, LiveEvent][] = [];

  beforeEach(async () => {
    plain = await openSqliteStore({ file: join(await makeFolder(), 'records.sqlite') });
    store = withSessionNews(plain, { publish: (audience, event) => told.push([audience, event]) });
    await plain.write((writer) => writer.create('supportSessions', unassigned));
    told.length = 0;
  });
  afterEach(() => plain.close());

  const change = (change: Partial<SupportSession>): Promise<void> =>
    store.transaction(async (transaction) => {
      const session = await transaction.get('supportSessions', unassigned.id);
      transaction.put('supportSessions', { ...(session ?? unassigned), ...change });
    });

  it('[RO7] an assignment is told to the customer, the agent and the room', async () => {
    await change({ status: 'active', agentId: 'agent-1' });
    const audience = { userIds: ['customer-1', 'agent-1'], sessionId: 'session-1' };
    expect(told).toEqual([
      [audience, { event: 'session:assigned', payload: { sessionId: 'session-1', agentId: 'agent-1' } }],
      [audience, { event: 'session:updated', payload: { sessionId: 'session-1', status: 'active' } }],
    ]);
  });

  it('[RO7] who loses a session is told as well', async () => {
    await change({ status: 'active', agentId: 'agent-1' });
    told.length = 0;
    await change({ agentId: 'agent-2' });
    expect(told.map(([{ userIds }, { event }]) => [event, userIds])).toEqual([
      ['session:assigned', ['customer-1', 'agent-2']],
      ['session:updated', ['customer-1', 'agent-1', 'agent-2']],
    ]);
  });

  it('[RE5] a change that nobody would see is not told', async () => {
    await change({ openedAt: '2026-01-31T09:06:00.000Z', tags: ['bleed'] });
    expect(told).toEqual([]);
  });

  it('[RT2] what is not committed is not told', async () => {
    const failing = store.transaction(async (transaction) => {
      transaction.put('supportSessions', { ...unassigned, status: 'completed' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(told).toEqual([]);
  });

  it('[RT2] a transaction that runs again is told once, as it was committed', async () => {
    let runs = 0;
    await store.transaction(async (transaction) => {
      runs += 1;
      const session = await transaction.get('supportSessions', unassigned.id);
      if (runs === 1)
        await plain.write((writer) => writer.put('supportSessions', { ...unassigned, urgency: 'high' }));
      transaction.put('supportSessions', { ...(session ?? unassigned), status: 'completed' });
    });
    expect(runs).toBe(2);
    expect(told.map(([, { event }]) => event)).toEqual(['session:updated']);
  });
});

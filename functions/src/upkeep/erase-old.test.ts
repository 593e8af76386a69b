import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import { isoTime } from '../ports/clock.ts';
import type { AnalyticsRollup, RoutingDecision, SupportSession } from '../ports/records.ts';
import type { LogChanges } from '../ports/session-log.ts';
import { annotation, appendAt, mark, messages } from '../ports/session-log-samples.contract.ts';
import type { Proof } from '../protocol/proofs.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createManualTimers } from '../testing/manual-timers.ts';
import { sampleSession } from '../testing/support-session.ts';
import { eraseOld } from './erase-old.ts';
import { createRetention } from './retention.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-06-30T12:00:00.000Z');
const daysAgo = (days: number): string => isoTime(now - days * dayMs);

/** As much of a decision as says when it was made, and for which session. */
const decision = (id: string, at: string, sessionId?: string): RoutingDecision =>
  ({ id, at, ...(sessionId && { sessionId }) }) as RoutingDecision;

const openShop = async () => {
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const clock = createManualClock(now);
  /** A session with a long log, an annotation and its decision. */
  const keep = async (id: string, fields: Partial<SupportSession>): Promise<void> => {
    const session = sampleSession({ id, epoch: 'epoch-1', decisionId: `decision-${id}`, ...fields });
    await store.write((writer) => {
      writer.create('proofs', { id: `proof-${id}`, sessionId: id, seq: 1 } as Proof);
      writer.create('supportSessions', session);
      writer.create('routingDecisions', decision(session.decisionId, session.startTime, id));
    });
    for (const seq of [0, 90, 180]) {
      await store.log.append(appendAt(seq, messages(90, seq), { sessionId: id }));
    }
    const changes = (writer: LogChanges): void =>
      writer.create('annotations', annotation(`mark-${id}`, 271, { sessionId: id }));
    await store.log.append(appendAt(270, [mark(`mark-${id}`)], { sessionId: id, changes }));
  };
  const isWhole = async (id: string): Promise<boolean> => {
    const snapshot = await store.log.snapshot(id, 1000);
    return snapshot?.position.seq === 271 && snapshot.annotations.length === 1;
  };
  const deleted: string[] = [];
  const files = {
    delete: async (id: string) => {
      deleted.push(id);
    },
  };
  return { store, files, deleted, clock, keep, isWhole };
};

const ended = (days: number) =>
  ({ status: 'completed', startTime: daysAgo(days), endedAt: daysAgo(days) }) as const;

describe('retention', () => {
  it('[RE8] erases what ended longer ago, with log, annotations, artwork and decision, and nothing else', async () => {
    const { store, files, deleted, clock, keep, isWhole } = await openShop();
    await keep('old', ended(31));
    await keep('young', ended(29));
    await keep('long', { ...ended(31), endedAt: daysAgo(1) });
    await keep('open', { ...ended(40), status: 'active' });
    await store.write((writer) => {
      writer.create('routingDecisions', decision('asked', daysAgo(31)));
      writer.create('routingDecisions', decision('asked-late', daysAgo(29)));
    });
    expect(await eraseOld({ store, files, clock, days: 30 })).toEqual({ sessions: 1, decisions: 1 });

    expect(await store.get('supportSessions', 'old')).toBeUndefined();
    expect(deleted).toEqual(['proof-old']);
    expect(await store.get('proofs', 'proof-old')).toBeUndefined();
    expect(await store.get('proofs', 'proof-young')).toBeDefined();
    for (const collection of ['sessionLog', 'annotations'] as const) {
      const where = [{ field: 'sessionId', operator: '==', value: 'old' }] as const;
      const left = await store.list(collection, { where, orderBy: 'seq', direction: 'ascending', limit: 5 });
      expect(left.items).toEqual([]);
    }
    const decisions = await store.list('routingDecisions', {
      orderBy: 'id',
      direction: 'ascending',
      limit: 20,
    });
    expect(decisions.items.map(({ id }) => id)).toEqual([
      'asked-late',
      'decision-long',
      'decision-open',
      'decision-young',
    ]);
    for (const id of ['young', 'long', 'open']) expect(await isWhole(id), id).toBe(true);
    expect(await eraseOld({ store, files, clock, days: 30 })).toEqual({ sessions: 0, decisions: 0 });
  });

  it('[RE8] what must stay, however much of it is older, keeps nothing behind it', async () => {
    const { store, files, clock, keep } = await openShop();
    for (let from = 0; from < 1000; from += 100) {
      await store.write((writer) => {
        for (let index = from; index < from + 100; index += 1) {
          const session = sampleSession({ id: `long-${index}`, ...ended(40), endedAt: daysAgo(1) });
          writer.create('supportSessions', session);
          writer.create('routingDecisions', decision(`of-long-${index}`, daysAgo(40), session.id));
        }
      });
    }
    await keep('old', ended(31));
    await store.write((writer) => writer.create('routingDecisions', decision('asked', daysAgo(31))));
    expect(await eraseOld({ store, files, clock, days: 30 })).toEqual({ sessions: 1, decisions: 1 });
  });

  it('[RE8] keeps the figures of what it erases', async () => {
    const { store, files, clock, keep } = await openShop();
    const rollup = { id: 'r', hour: daysAgo(31), ended: 3 } as AnalyticsRollup;
    await store.write((writer) => writer.create('analyticsRollups', rollup));
    await keep('old', ended(31));
    await eraseOld({ store, files, clock, days: 30 });
    expect(await store.get('analyticsRollups', 'r')).toMatchObject({ ended: 3 });
  });

  it('[RE8] runs in the background when RETENTION_DAYS is set, and a store that is down does not end it', async () => {
    const { store, files, clock, keep } = await openShop();
    const timers = createManualTimers(clock);
    const said: string[] = [];
    const say = (_: object, text: string): number => said.push(text);
    const logger = { info: say, error: say };
    let broken = true;
    const list: typeof store.list = (...query) =>
      broken ? Promise.reject(new Error('down')) : store.list(...query);
    const shaky = Object.assign(Object.create(store) as typeof store, {
      list,
      write: store.write.bind(store),
    });
    const retention = createRetention({ store: shaky, files, clock, timers, days: 30, logger });
    await keep('old', ended(31));
    retention.start();
    timers.advance(600_000);
    await expect.poll(() => said).toEqual(['old sessions were not erased; the next run tries again']);
    broken = false;
    timers.advance(600_000);
    await retention.stop();
    expect(said.at(-1)).toBe('old sessions were erased');
    expect(await store.get('supportSessions', 'old')).toBeUndefined();
    expect(timers.waiting()).toBe(0);
    const off = createRetention({ store, files, clock, timers, days: undefined, logger });
    off.start();
    expect(timers.waiting()).toBe(0);
  });
});

import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../engines/memory/memory-cache.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { OperationReply } from '../gateway/operation.ts';
import type { Identity } from '../ports/identity.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { sessionAnalyticsSchema } from '../protocol/analytics.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { sampleSession } from '../testing/support-session.ts';
import { analyticsOperations } from './analytics-routes.ts';
import { createAnalytics } from './analytics-service.ts';
import { rollupWriter } from './rollup-writer.ts';

const admin: Identity = { uid: 'admin-1', role: 'admin', name: 'Admin', email: 'admin@shop.example' };
let store: RecordStore;
let ask: (query: Record<string, string>, accept?: string) => Promise<OperationReply>;

beforeEach(async () => {
  const clock = createManualClock();
  store = await openSqliteStore({ file: ':memory:' });
  const analytics = createAnalytics({ store, cache: createMemoryCache({ clock }), clock });
  const [operation] = analyticsOperations(analytics);
  if (operation === undefined) throw new Error('the operation is missing');
  ask = async (query, accept) =>
    operation.handle({
      user: admin,
      token: undefined,
      ip: '127.0.0.1',
      params: undefined as never,
      query: operation.query?.parse(query) as never,
      body: undefined as never,
      accept,
      header: () => undefined,
      file: Readable.from([]),
      signal: new AbortController().signal,
    });
  await store.write((writer) => {
    for (const agentId of ['agent-1', '-1cmd', '=evil', '+evil', '@evil']) {
      rollupWriter.ending(writer, { session: sampleSession({ agentId }), decision: undefined });
    }
  });
});

afterEach(() => store.close());

const lines = (reply: OperationReply): string[] => String(reply.body).trimEnd().split('\n');

describe('analytics operation', () => {
  it('[HT1] answers JSON that fits the published schema', async () => {
    const reply = await ask({ agent: 'agent-1' });
    expect(reply.contentType).toBeUndefined();
    expect(sessionAnalyticsSchema.parse(reply.body).totals.ended).toBe(1);
  });

  it('[AN8] answers one table for spreadsheets: totals, then a row for each key', async () => {
    const reply = await ask({ format: 'csv', from: '2026-01-30', to: '2026-01-31', agent: 'agent-1' });
    expect(reply.contentType).toBe('text/csv; charset=utf-8');
    expect(reply.headers?.['Content-Disposition']).toBe(
      'attachment; filename="sessions-2026-01-30-to-2026-01-31.csv"',
    );
    const [head, total, ...rows] = lines(reply);
    expect(head?.codePointAt(0)).toBe(0xfeff);
    expect(head?.slice(1)).toMatch(/^group,key,name,ended,resolved,/);
    expect(total).toBe('total,,,1,1,0,0,0,0,1,0,0,0,300,360,1500,');
    expect(rows.map((row) => row.split(',').slice(0, 2).join(' '))).toEqual([
      'channel ai-chatbot',
      'channel live-chat',
      'channel co-browse',
      'channel video-call',
      'category urgent',
      'category approval',
      'category revision',
      'category technical',
      'category question',
      'category general',
      'agent agent-1',
      'day 2026-01-30',
      'day 2026-01-31',
    ]);
  });

  it('[AN8] never lets a cell begin as a formula', async () => {
    const cells = lines(await ask({ format: 'csv', groupBy: 'agent' })).flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^["']?[=+\-@]/.test(cell))).toEqual([
      "'+evil",
      "'-1cmd",
      "'=evil",
      "'@evil",
    ]);
  });

  it('[AN8] follows the Accept header unless the query names the format', async () => {
    expect((await ask({}, 'text/csv')).contentType).toMatch('text/csv');
    expect((await ask({}, 'text/html, */*;q=0.8')).contentType).toBeUndefined();
    expect((await ask({ format: 'json' }, 'text/csv')).contentType).toBeUndefined();
  });
});

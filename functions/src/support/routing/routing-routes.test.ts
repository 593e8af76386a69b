import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { Operation, OperationRequest } from '../../gateway/operation.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createToldAiEngine, sampleAnalysis } from '../../testing/told-ai-engine.ts';
import { defaultSettings } from '../shop/shop-service.ts';
import { createCustomerPasts } from './customer-past.ts';
import { createDecisionService } from './decision-service.ts';
import { createLearnedState } from './learned-state.ts';
import { routingOperations } from './routing-routes.ts';

const text = 'Need help with bleed settings';
const user: Identity = { uid: 'customer-1', email: 'a@example.org', name: 'A', role: 'customer' };

describe('routing operations', () => {
  let store: RecordStore;
  let operations: Operation[];

  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
    const clock = createManualClock();
    const engine = createToldAiEngine({ [text]: sampleAnalysis() });
    const logger = { warn: (details: object) => expect(details).toBeUndefined() };
    const decisions = createDecisionService({
      store,
      clock,
      engine,
      learned: createLearnedState({ store, clock, logger }),
      pasts: createCustomerPasts({ store, clock }),
      settings: async () => defaultSettings,
    });
    operations = routingOperations({ decisions, engine });
  });
  afterEach(() => store.close());

  const call = async (id: string, body: unknown): Promise<Record<string, unknown>> => {
    const operation = operations.find((each) => each.id === id) as Operation;
    const request = { user, body: operation.body?.parse(body) } as unknown as OperationRequest<
      Identity,
      never,
      never,
      never
    >;
    const reply = await operation.handle(request);
    const schema = operation.replies[reply.status]?.schema as z.ZodType;
    expect(schema.safeParse(reply.body).error?.issues).toBeUndefined();
    return reply.body as Record<string, unknown>;
  };

  test('[RO1] the route reply has the specified fields, and outside hours the availability', async () => {
    const reply = await call('routeIssue', { issue: text, urgency: 'high' });
    expect(Object.keys(reply).sort()).toEqual(
      (
        'alternativeRoutes availability calibration category complexity confidence decisionId engine factors ' +
        'reasoning recommendedRoute sentiment urgency'
      ).split(' '),
    );
    expect(reply.availability).toMatchObject({ open: false, opensAt: '2026-02-02T09:00:00.000Z' });
    expect(await store.get('routingDecisions', String(reply.decisionId))).toBeDefined();
  });

  test.each([
    ['analyzeSentiment', 'confidence emotion score sentiment'],
    ['categorizeIssue', 'category confidence scores urgency'],
    [
      'analyzeIssue',
      'category complexity confidence emotion engine language score scores sentiment urgency visual',
    ],
  ])('[HT1] %s answers with exactly its fields', async (id, fields) => {
    expect(Object.keys(await call(id, { text })).sort()).toEqual(fields.split(' '));
  });

  test.each([
    [{ issue: text, customerHistory: {} }, true],
    [{ issue: text, customerHistory: { previousIssues: [], successfulChannels: [] } }, true],
    [{ issue: text, customerHistory: { preferredChannel: 'fax' } }, false],
    [{ issue: text, customerHistory: { mood: 'good' } }, false],
    [{ issue: ' ' }, false],
    [{ issue: text, urgency: 'asap' }, false],
  ])('[HT1] %j is accepted: %s', (body, accepted) => {
    const schema = operations.find(({ id }) => id === 'routeIssue')?.body;
    expect(schema?.safeParse(body).success).toBe(accepted);
  });
});

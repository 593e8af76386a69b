import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { RoutingDecision } from '../../ports/records.ts';
import { sampleAnalysis } from '../../testing/told-ai-engine.ts';
import { figuresOf, replayDecisions } from './replay.ts';
import { replayReport } from './replay-report.ts';

let next = 0;
const decision = (changes: Partial<RoutingDecision> = {}): RoutingDecision => {
  next += 1;
  return {
    id: `decision-${next}`,
    at: new Date(Date.UTC(2026, 0, 1) + next).toISOString(),
    userId: 'customer-1',
    issue: 'Bleed',
    input: {},
    analysis: sampleAnalysis(),
    engine: 'local',
    engineVersion: 'told-1',
    policyVersion: 'channel-1',
    category: 'technical',
    urgency: 'medium',
    complexity: 3,
    recommendedRoute: 'live-chat',
    confidence: 0.8,
    calibration: 'labelled-set',
    alternatives: [],
    factors: [],
    reasoning: 'Because.',
    ...changes,
  };
};
const judged = (confidence: number, right: boolean): RoutingDecision =>
  decision({ confidence, right, outcome: right ? 'resolved' : 'escalated', chosenChannel: 'live-chat' });
const times = (count: number, make: () => RoutingDecision) => Array.from({ length: count }, make);

describe('replay of decisions', () => {
  let store: RecordStore;
  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
  });
  afterEach(() => store.close());

  test('[RO2] confidences that are right as often as they say have no calibration error', () => {
    const figures = figuresOf([
      ...times(80, () => judged(0.8, true)),
      ...times(20, () => judged(0.8, false)),
    ]);
    expect(figures.judged).toBe(100);
    expect(figures.brier).toBeCloseTo(0.16);
    expect(figures.brierOfConstant).toBeCloseTo(0.16);
    const mean = figures.reliability.reduce((sum, { rightShare }) => sum + rightShare / 10, 0);
    expect(mean).toBeCloseTo(0.8);
  });

  test('[RO2] confidences that say 90% and are right half of the time are off by 0.4', () => {
    const alternating = times(200, () => judged(0.9, next % 2 === 0));
    expect(figuresOf(alternating).calibrationError).toBeCloseTo(0.4);
  });

  test('[RO4] outcomes count for the channel that was taken, not for the one recommended', () => {
    const { channels } = figuresOf([
      decision({ chosenChannel: 'video-call', outcome: 'resolved', satisfaction: 4 }),
      decision({ chosenChannel: 'video-call', outcome: 'abandoned', satisfaction: 5 }),
      decision(),
    ]);
    expect(channels.find(({ channel }) => channel === 'video-call')).toEqual({
      channel: 'video-call',
      recommended: 0,
      taken: 2,
      resolved: 1,
      escalated: 0,
      abandoned: 1,
      satisfaction: 4.5,
    });
    expect(channels.find(({ channel }) => channel === 'live-chat')).toMatchObject({
      recommended: 3,
      taken: 0,
    });
  });

  test('[RO4] every stored decision is read, over all pages', async () => {
    await store.write((writer) => {
      for (let count = 0; count < 450; count += 1)
        writer.create('routingDecisions', judged(0.6, count % 5 < 3));
    });
    const figures = await replayDecisions(store);
    expect(figures).toMatchObject({ decisions: 450, judged: 450, right: 270 });
    const report = replayReport(figures);
    expect(report).toContain(
      '450 decisions stored, 450 judged by an outcome on the recommended channel, 270',
    );
    expect(report).toContain('Brier 0.240');
  });

  test('[RO4] a store without outcomes is told as such', async () => {
    expect(replayReport(await replayDecisions(store))).toContain('0 decisions stored, 0 judged');
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { RoutingDecision, ShopSettings, SupportSession } from '../../ports/records.ts';
import { type Channel, channels } from '../../protocol/enumerations.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { sampleSession } from '../../testing/support-session.ts';
import { createToldAiEngine, sampleAnalysis } from '../../testing/told-ai-engine.ts';
import { createCustomerPasts } from './customer-past.ts';
import { createDecisionService, type DecisionService } from './decision-service.ts';
import { createLearnedState, type LearnedState } from './learned-state.ts';
import { createOutcomeLearning, type OutcomeLearning } from './outcome-learning.ts';
import { channelOutcomeId } from './outcome-tables.ts';

const issue = 'Need help with bleed settings';
const chat = 'Where is my parcel?';
const roundTheClock: ShopSettings = {
  id: 'shop',
  name: 'Shop',
  timeZone: 'Europe/Berlin',
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  holidays: [],
  awayText: 'We are away.',
  channels: [...channels],
  revision: 1,
};

describe('decision service', () => {
  let store: RecordStore;
  let settings: ShopSettings;
  let analyses: Record<string, Analysis>;
  let decisions: DecisionService;
  let learned: LearnedState;
  let learning: OutcomeLearning;
  let clock: ReturnType<typeof createManualClock>;

  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
    clock = createManualClock();
    settings = roundTheClock;
    analyses = { [issue]: sampleAnalysis(), [chat]: sampleAnalysis({ category: 'question' }) };
    const engine: AiEngine = createToldAiEngine(analyses);
    const logger = { warn: (details: object) => expect(details).toBeUndefined() };
    learned = createLearnedState({ store, clock, logger });
    const pasts = createCustomerPasts({ store, clock });
    decisions = createDecisionService({
      store,
      clock,
      engine,
      learned,
      pasts,
      settings: async () => settings,
    });
    learning = createOutcomeLearning({ clock, learned, pasts });
  });
  afterEach(() => store.close());

  const stored = (decision: RoutingDecision) => store.get('routingDecisions', decision.id);

  /** Ends a session as the session service does: in one transaction with what the router learns. */
  const end = async (session: SupportSession, decision?: RoutingDecision): Promise<void> => {
    await store.transaction(async (transaction) => {
      transaction.put('supportSessions', session);
      learning.ending(transaction, { session, decision });
    });
  };

  test('[RO4] the decision is stored with its inputs before it is answered', async () => {
    const customerHistory = {
      previousIssues: ['Color profile issue'],
      successfulChannels: ['co-browse' as const],
    };
    const decision = await decisions.decide({
      userId: 'customer-1',
      issue,
      urgency: 'high',
      customerHistory,
    });
    expect(await stored(decision)).toEqual(decision);
    expect(decision).toMatchObject({
      userId: 'customer-1',
      issue,
      input: { urgency: 'high', customerHistory },
      urgency: 'high',
      analysis: analyses[issue],
      engineVersion: 'told-1',
      calibration: 'labelled-set',
      at: '2026-01-31T09:30:00.000Z',
    });
  });

  test('[HT6] each request makes a decision of its own, though the analysis is the same', async () => {
    const one = await decisions.decide({ userId: 'customer-1', issue });
    const two = await decisions.decide({ userId: 'customer-1', issue });
    expect(two.id).not.toBe(one.id);
    expect(
      (await store.list('routingDecisions', { orderBy: 'at', direction: 'descending', limit: 9 })).items,
    ).toHaveLength(2);
  });

  test('[RO4] nothing is answered that was not stored', async () => {
    await store.close();
    await expect(decisions.decide({ userId: 'customer-1', issue })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  test('[RO11] a channel that the shop stops offering is not recommended by the next decision', async () => {
    const before = await decisions.decide({ userId: 'customer-1', issue });
    settings = { ...settings, channels: channels.filter((channel) => channel !== before.recommendedRoute) };
    const after = await decisions.decide({ userId: 'customer-1', issue });
    const named: Channel[] = [after.recommendedRoute, ...after.alternatives.map(({ route }) => route)];
    expect(named).not.toContain(before.recommendedRoute);
  });

  test('[RO11] outside business hours the reply says when somebody is there', async () => {
    settings = { ...settings, hours: [{ weekday: 1, from: '09:00', to: '17:00' }] };
    expect(await decisions.closedNotice(clock.now())).toEqual({
      open: false,
      opensAt: '2026-02-02T08:00:00.000Z',
      text: 'We are away. Somebody is there again on Monday, 2 February at 09:00 (Europe/Berlin).',
    });
    expect(await decisions.closedNotice(Date.parse('2026-02-02T08:00:00.000Z'))).toBeUndefined();
  });

  test('[RO11] changed hours and words hold for the next reply of the same minute', async () => {
    settings = { ...settings, hours: [{ weekday: 1, from: '09:00', to: '17:00' }] };
    const before = await decisions.closedNotice(clock.now());
    expect(await decisions.closedNotice(clock.now())).toEqual(before);
    settings = { ...settings, hours: [], awayText: 'We are gone.' };
    expect(await decisions.closedNotice(clock.now())).toEqual({ open: false, text: 'We are gone.' });
  });

  test('[RO4] a customer’s own session that was handed on speaks against the channel it began on', async () => {
    const begun = await decisions.decide({ userId: 'customer-1', issue });
    const decision = { ...begun, chosenChannel: 'ai-chatbot' as const };
    await end(sampleSession({ type: 'live-chat', decisionId: decision.id, handovers: 1 }), decision);
    const { factors, recommendedRoute } = await decisions.decide({ userId: 'customer-1', issue });
    expect(recommendedRoute).not.toBe('ai-chatbot');
    expect(factors.find(({ name }) => name === 'ownHistory')).toMatchObject({
      value: 'another channel did not solve an earlier issue of yours',
      contribution: expect.closeTo(0.55, 1),
    });
  });

  test('[RO4] a stored session counts as a successful channel does, from its end on', async () => {
    const before = await decisions.decide({ userId: 'customer-1', issue });
    await end(sampleSession({ type: 'video-call' }));
    const after = await decisions.decide({ userId: 'customer-1', issue });
    const given = await decisions.decide({
      userId: 'customer-2',
      issue,
      customerHistory: { previousIssues: [sampleSession().issue], successfulChannels: ['video-call'] },
    });
    const video = (decision: RoutingDecision): number =>
      [{ route: decision.recommendedRoute, score: decision.confidence }, ...decision.alternatives].find(
        ({ route }) => route === 'video-call',
      )?.score ?? Number.NaN;
    expect(video(after)).toBeGreaterThan(video(before));
    expect(video(after)).toBe(video(given));
  });

  test('[RO4] a stored session with another wish says nothing of this issue', async () => {
    await end(sampleSession({ type: 'video-call', category: 'approval' }));
    const decision = await decisions.decide({ userId: 'customer-1', issue });
    expect(decision.factors.map(({ name }) => name)).not.toContain('ownHistory');
  });

  test('[RO4] a stored session about something else says nothing of this issue', async () => {
    await end(sampleSession({ type: 'video-call', issue: 'Where is my parcel?' }));
    const decision = await decisions.decide({ userId: 'customer-1', issue });
    expect(decision.factors.map(({ name }) => name)).not.toContain('ownHistory');
  });

  test('[RO4] what the request tells of the past stands for what is stored of it', async () => {
    const customerHistory = { previousIssues: [], successfulChannels: ['co-browse' as const] };
    const alone = await decisions.decide({ userId: 'customer-2', issue, customerHistory });
    await end(sampleSession({ type: 'video-call' }));
    const decision = await decisions.decide({ userId: 'customer-1', issue, customerHistory });
    expect(decision.factors.filter(({ name }) => name !== 'outcomes')).toEqual(alone.factors);
  });

  test('[RO4] another customer’s sessions are no history of one’s own', async () => {
    await end(sampleSession({ type: 'video-call' }));
    const decision = await decisions.decide({ userId: 'customer-2', issue });
    expect(decision.factors.map(({ name }) => name)).not.toContain('ownHistory');
  });

  test('[RO4] the outcome is written to the decision: resolved on its channel is right', async () => {
    const decision = await decisions.decide({ userId: 'customer-1', issue });
    await end(sampleSession({ type: decision.recommendedRoute, satisfaction: 5 }), decision);
    expect(await stored(decision)).toMatchObject({
      outcome: 'resolved',
      right: true,
      satisfaction: 5,
      duration: 1_500,
      outcomeAt: '2026-01-31T09:30:00.000Z',
    });
  });

  test.each([
    { resolution: 'resolved', handovers: 1 },
    { resolution: 'escalated', handovers: 0 },
    { resolution: 'abandoned', handovers: 0 },
  ] as const)(
    '[RO2] a session that ended $resolution after $handovers handovers is not right',
    async (changes) => {
      const decision = await decisions.decide({ userId: 'customer-1', issue });
      await end(sampleSession({ type: decision.recommendedRoute, ...changes }), decision);
      expect(await stored(decision)).toMatchObject({ right: false, outcome: changes.resolution });
    },
  );

  test('[RO4] a chosen channel teaches of that channel and leaves open whether the other was right', async () => {
    const decision = await decisions.decide({ userId: 'customer-1', issue });
    const chosenChannel = decision.alternatives[0]?.route as Channel;
    await end(sampleSession({ type: chosenChannel, complexity: 3 }), { ...decision, chosenChannel });
    expect((await stored(decision))?.right).toBeUndefined();
    const id = channelOutcomeId(chosenChannel, 'technical', 'low');
    expect(await store.get('channelOutcomes', id)).toMatchObject({ ended: 1, resolved: 1 });
    const confidences = { orderBy: 'tenth', direction: 'ascending', limit: 10 } as const;
    const where = [{ field: 'policyVersion', operator: '==', value: decision.policyVersion }] as const;
    expect((await store.list('confidenceOutcomes', { ...confidences, where })).items).toEqual([]);
  });

  test('[RO4] an escalated session counts against the channel it began on', async () => {
    const decision = await decisions.decide({ userId: 'customer-1', issue });
    const begun = { ...decision, chosenChannel: 'live-chat' as const };
    await end(sampleSession({ type: 'video-call', handovers: 1, complexity: 8 }), begun);
    const id = channelOutcomeId('live-chat', 'technical', 'high');
    expect(await store.get('channelOutcomes', id)).toMatchObject({ ended: 1, resolved: 0 });
  });

  test('[RO2] 200 outcomes calibrate the confidence, and the stored policy’s own stays readable', async () => {
    const first = await decisions.decide({ userId: 'customer-1', issue });
    for (let count = 0; count < 200; count += 1) {
      const session = sampleSession({
        id: `session-${count}`,
        type: first.recommendedRoute,
        resolution: 'escalated',
      });
      await end(session, first);
    }
    clock.advance(1_000);
    await decisions.decide({ userId: 'customer-2', issue });
    await learned.settled();
    const calibrated = await decisions.decide({ userId: 'customer-2', issue });
    expect(calibrated.calibration).toBe('outcomes');
    expect(calibrated.confidence).toBeLessThan(0.2);
    expect(calibrated.policyConfidence).toBeGreaterThan(calibrated.confidence);
    const total = calibrated.alternatives.reduce((sum, { score }) => sum + score, calibrated.confidence);
    expect(total).toBeLessThanOrEqual(1);
    for (const { score } of calibrated.alternatives) expect(score).toBeLessThanOrEqual(calibrated.confidence);
  });

  test('[RO4] a rating after the end reaches the decision', async () => {
    const decision = await decisions.decide({ userId: 'customer-1', issue });
    const session = sampleSession();
    await store.write((writer) => learning.rated(writer, { session, satisfaction: 2, decision }));
    expect((await stored(decision))?.satisfaction).toBe(2);
  });
});

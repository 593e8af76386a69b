import { isoTime } from '../../ports/clock.ts';
import type { LocalAccounts } from '../../ports/identity.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { RoutingDecision, SupportSession } from '../../ports/records.ts';
import type { SessionSubscriber } from '../../ports/session-events.ts';
import { channels } from '../../protocol/enumerations.ts';
import { createAgentService } from '../agents/agent-service.ts';
import { defaultSettings } from '../shop/shop-service.ts';
import { demoIssues, demoSessionIssue } from './demo-issues.ts';
import { demoAccounts, demoAgents, firstAgentId, firstCustomerId, pastCustomerCount } from './demo-people.ts';
import { type PastSession, ratePastSession, writePastSession } from './past-session.ts';
import { repeatableRandom } from './random.ts';

export interface DemoOptions {
  store: RecordStore;
  accounts: LocalAccounts;
  subscribers: readonly SessionSubscriber[];
  /** Recommends a channel as at a past time; stores the decision. */
  decideAt(request: { userId: string; issue: string; at: number }): Promise<RoutingDecision>;
  now: number;
}

const days = 90;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
const mostSessionsADay = 8;

/** The session of the tour; clients of the room join it by this name. */
export const demoSessionId = 'session-123';

const seedPeople = async ({ store, accounts, now }: DemoOptions): Promise<void> => {
  await Promise.all(demoAccounts.map((account) => accounts.create(account)));
  const clock = { now: () => now, monotonicMs: () => now };
  const service = createAgentService({ store, clock, onChange: () => undefined });
  for (const { id, skills, languages } of demoAgents) {
    const name = demoAccounts.find(({ uid }) => uid === id)?.name ?? id;
    await service.ensure(id, name);
    await service.update(id, { skills, languages, status: 'online' });
  }
  await store.write((writer) => {
    for (let index = 1; index <= pastCustomerCount; index += 1) {
      const id = `past-customer-${index}`;
      const email = `${id}@demo.local`;
      const createdAt = isoTime(now - days * dayMs);
      writer.put('users', { id, email, name: `Past customer ${index}`, role: 'customer', createdAt });
    }
    const allWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
    writer.put('settings', { ...defaultSettings, name: 'Proofdesk demo shop', hours: allWeek });
  });
};

const endingOf = (random: () => number, followed: boolean): NonNullable<PastSession['ending']> => {
  const luck = random();
  const wellShare = followed ? 0.82 : 0.6;
  const handedOver = luck >= wellShare && luck < wellShare + 0.1;
  const resolution = luck >= 0.95 ? 'abandoned' : luck >= 0.92 ? 'escalated' : 'resolved';
  const stars =
    resolution === 'resolved' && !handedOver ? 4 + Math.round(random()) : 1 + Math.floor(random() * 3);
  return {
    resolution,
    durationMs: (3 + random() * 25) * minuteMs,
    satisfaction: resolution !== 'abandoned' && random() < 0.6 ? stars : undefined,
    handovers: handedOver ? 1 : 0,
  };
};

const pastSession = async (options: DemoOptions, random: () => number, day: number): Promise<PastSession> => {
  const customerId =
    random() < 0.15 ? firstCustomerId : `past-customer-${1 + Math.floor(random() * pastCustomerCount)}`;
  const issue = demoIssues[Math.floor(random() * demoIssues.length)] ?? demoSessionIssue;
  const startedAt = options.now - day * dayMs - (1 + random() * 9) * hourMs;
  const decision = await options.decideAt({ userId: customerId, issue, at: startedAt });
  const followed = random() < 0.85;
  const other = channels[Math.floor(random() * channels.length)] ?? decision.recommendedRoute;
  const channel = followed ? decision.recommendedRoute : other;
  const ending = endingOf(random, channel === decision.recommendedRoute);
  const alone = channel === 'ai-chatbot' || ending.resolution === 'abandoned';
  const agent = demoAgents[random() < 0.5 ? 0 : 1]?.id;
  const waitMs = channel === 'ai-chatbot' ? 0 : (0.2 + random() * 4) * minuteMs;
  return { customerId, agentId: alone ? undefined : agent, channel, decision, startedAt, waitMs, ending };
};

const savePast = async ({ store, subscribers }: DemoOptions, past: PastSession): Promise<void> => {
  const { satisfaction } = past.ending ?? {};
  const written: { session?: SupportSession } = {};
  await store.write((writer) => {
    written.session = writePastSession(writer, past, subscribers);
  });
  const { session } = written;
  if (session === undefined || satisfaction === undefined) return;
  await store.transaction((transaction) => ratePastSession(transaction, session, satisfaction, subscribers));
};

const saveRatings = ({ store }: DemoOptions, pasts: readonly PastSession[]): Promise<void> =>
  store.transaction(async (transaction) => {
    for (const { id } of demoAgents) {
      const agent = await transaction.get('agents', id);
      const stars = pasts.flatMap(({ agentId, ending }) =>
        agentId === id && ending?.satisfaction !== undefined ? [ending.satisfaction] : [],
      );
      const ratingSum = stars.reduce((sum, star) => sum + star, 0);
      if (agent) transaction.put('agents', { ...agent, ratingSum, ratingCount: stars.length });
    }
  });

const seedPast = async (options: DemoOptions): Promise<void> => {
  const random = repeatableRandom(20_260_101);
  const pasts: PastSession[] = [];
  for (let day = days; day >= 1; day -= 1) {
    const count = 2 + Math.floor(random() * (mostSessionsADay - 1));
    for (let index = 0; index < count; index += 1) pasts.push(await pastSession(options, random, day));
  }
  await Promise.all(pasts.map((past) => savePast(options, past)));
  await saveRatings(options, pasts);
};

/** The open session of the first customer with the first agent. */
const seedOpenSession = async (options: DemoOptions): Promise<void> => {
  const startedAt = options.now - 20 * minuteMs;
  const decision = await options.decideAt({
    userId: firstCustomerId,
    issue: demoSessionIssue,
    at: startedAt,
  });
  const channel = 'co-browse';
  await options.store.transaction(async (transaction) => {
    const agent = await transaction.get('agents', firstAgentId);
    if (!agent) return;
    const waitMs = minuteMs;
    const open = { id: demoSessionId, customerId: firstCustomerId, agentId: firstAgentId, channel } as const;
    writePastSession(transaction, { ...open, decision, startedAt, waitMs }, options.subscribers);
    transaction.put('agents', { ...agent, open: { ...agent.open, [channel]: agent.open[channel] + 1 } });
  });
};

/** Fills an empty store with the demo shop: people, ninety days of past sessions, and one that is going on. */
export const seedDemo = async (options: DemoOptions): Promise<void> => {
  await seedPeople(options);
  await seedPast(options);
  await seedOpenSession(options);
};

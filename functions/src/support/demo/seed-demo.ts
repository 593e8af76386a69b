import { isoTime } from '../../ports/clock.ts';
import type { Accounts } from '../../ports/identity.ts';
import type { RecordStore, RecordWriter } from '../../ports/record-store.ts';
import { newAgent } from '../agents/agent-service.ts';
import type { ShopService } from '../shop/shop-service.ts';
import { demoSessionIssue } from './demo-issues.ts';
import { demoAccounts, demoAgents, firstAgentId, firstCustomerId, pastCustomerCount } from './demo-people.ts';
import { demoShop } from './demo-shop.ts';
import type { EarlierTimes } from './earlier-times.ts';
import { type PastSession, writePastSession } from './past-session.ts';
import { inventPastSessions, pastDays } from './past-sessions.ts';

export interface DemoOptions {
  store: RecordStore;
  accounts: Accounts;
  shop: Pick<ShopService, 'settings' | 'updateSettings'>;
  earlier: EarlierTimes;
  now: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The session of the tour; clients of the room join it by this name. */
export const demoSessionId = 'session-123';
const openChannel = 'co-browse';

/** Makes the accounts that are not there yet: a seeding that was cut short may have made some. */
const makeAccounts = async ({ store, accounts }: DemoOptions): Promise<void> => {
  const makeMissing = async (account: (typeof demoAccounts)[number]): Promise<void> => {
    if ((await store.get('users', account.uid)) === undefined) await accounts.create(account);
  };
  await Promise.all(demoAccounts.map(makeMissing));
};

const openShop = async ({ shop }: DemoOptions): Promise<void> => {
  const { revision } = await shop.settings();
  await shop.updateSettings({ ...demoShop, revision });
};

const writePeople = (writer: RecordWriter, now: number, pasts: readonly PastSession[]): void => {
  for (let index = 1; index <= pastCustomerCount; index += 1) {
    const id = `past-customer-${index}`;
    const createdAt = isoTime(now - (pastDays + 1) * dayMs);
    const email = `${id}@demo.local`;
    writer.put('users', { id, email, name: `Past customer ${index}`, role: 'customer', createdAt });
  }
  for (const { id, skills, languages } of demoAgents) {
    const name = demoAccounts.find(({ uid }) => uid === id)?.name ?? id;
    const agent = newAgent(id, name, now);
    const stars = pasts.flatMap(({ agentId, ending }) =>
      agentId === id && ending?.satisfaction !== undefined ? [ending.satisfaction] : [],
    );
    writer.put('agents', {
      ...agent,
      skills,
      languages,
      status: 'online',
      open: { ...agent.open, [openChannel]: id === firstAgentId ? 1 : 0 },
      ratingSum: stars.reduce((sum, star) => sum + star, 0),
      ratingCount: stars.length,
    });
  }
};

/** The session of the first customer with the first agent that is going on. */
const openSession = async ({ earlier, now }: DemoOptions): Promise<PastSession> => {
  const startedAt = now - 20 * minuteMs;
  earlier.travelTo(startedAt);
  const decision = await earlier.consider({ userId: firstCustomerId, issue: demoSessionIssue });
  return {
    id: demoSessionId,
    customerId: firstCustomerId,
    agentId: firstAgentId,
    channel: openChannel,
    decision,
    startedAt,
    waitMs: minuteMs,
  };
};

/**
 * Fills an empty store with the demo shop: people, ninety days of past sessions, and one that is going on. All
 * but the accounts is written in one commit, so that a seeding that was cut short can simply be done again.
 */
export const seedDemo = async (options: DemoOptions): Promise<void> => {
  const { store, earlier, now } = options;
  await makeAccounts(options);
  await openShop(options);
  const pasts = await inventPastSessions(earlier, now);
  const open = await openSession(options);
  await store.write((writer) => {
    writePeople(writer, now, pasts);
    for (const past of [...pasts, open]) writePastSession(writer, past, earlier);
  });
};

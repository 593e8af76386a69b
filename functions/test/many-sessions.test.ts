import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Agent, SessionLogEntry, SupportSession } from '../src/ports/records.ts';
import { type Channel, channels, urgencies } from '../src/protocol/enumerations.ts';
import { sessionPageSchema, sessionSchema } from '../src/protocol/sessions.ts';
import { orderQueue } from '../src/support/sessions/queue-order.ts';
import { type Crew, type CrewMember, openCrew, signingKey } from './support/crew.ts';
import { readTogether } from './support/records.ts';
import { bodyOf, startTestServer, type TestServer } from './support/server.ts';

/** Firestore over memory looks at every document for each list, so 500 would take minutes there. */
const sessionCount = inject('firestore') ? 200 : 500;
const issues = [
  'Need help with bleed settings',
  'The blue of our logo looks purple on the proof',
  'Where is my order?',
  'Please move the logo a little to the left',
];

let server: TestServer;
let crew: Crew;

beforeEach(async () => {
  server = await startTestServer({ DEMO: '0', AUTH_SIGNING_KEY: signingKey, LOG_LEVEL: 'error' });
  crew = await openCrew(server);
});

afterEach(async () => {
  await crew?.close();
  await server?.close();
});

const sessionsThatAre = async (status: SupportSession['status']): Promise<SupportSession[]> => {
  const where = [{ field: 'status', operator: '==', value: status }] as const;
  const order = { orderBy: 'queuedAt', direction: 'ascending' } as const;
  return (await crew.store.list('supportSessions', { where, ...order, limit: 2 * sessionCount })).items;
};

/** Agents and what they carry as of one moment. */
const snapshot = async () => {
  const [agents = [], sessions = []] = await readTogether(server.place, [
    { collection: 'agents', fields: ['id', 'open', 'capacity'] },
    { collection: 'supportSessions', fields: ['agentId', 'type', 'status'] },
  ]);
  const active = sessions.filter(([, , status]) => status === 'active');
  return {
    agents: agents.map(([id, open, capacity]) => ({
      id: String(id),
      open: JSON.parse(String(open)) as Agent['open'],
      capacity: JSON.parse(String(capacity)) as Agent['capacity'],
    })),
    active: active.map(([agentId, type]) => ({ agentId, type })),
  };
};

const checkPlaces = async (): Promise<void> => {
  const { agents, active } = await snapshot();
  for (const { id, open, capacity } of agents) {
    for (const channel of channels) {
      const carried = active.filter(({ agentId, type }) => agentId === id && type === channel).length;
      expect(open[channel]).toBe(carried);
      expect(carried).toBeLessThanOrEqual(capacity[channel]);
    }
  }
};

const logOf = async (sessionId: string): Promise<SessionLogEntry[]> => {
  const where = [{ field: 'sessionId', operator: '==', value: sessionId }] as const;
  return (await crew.store.list('sessionLog', { where, orderBy: 'seq', direction: 'ascending', limit: 100 }))
    .items;
};

const openMany = async (customers: readonly CrewMember[]): Promise<void> => {
  const openings = Array.from({ length: sessionCount }, (_, index) =>
    customers[index % customers.length]?.api('POST', '/api/v1/sessions', {
      issue: `${issues[index % issues.length]} (${index})`,
      type: channels[1 + (index % 3)],
      urgency: urgencies[Math.floor(index / 3) % urgencies.length],
    }),
  );
  for (const reply of await Promise.all(openings)) expect(reply?.status).toBe(201);
};

/** Ends whatever the agent has, as long as anything waits anywhere. */
const workThrough = async ({ uid, api }: CrewMember): Promise<void> => {
  for (;;) {
    const listed = await api('GET', `/api/v1/sessions?status=active&agent=${uid}`);
    const { items } = bodyOf(listed, sessionPageSchema);
    for (const { id } of items) {
      expect((await api('PATCH', `/api/v1/sessions/${id}`, { status: 'completed' })).status).toBe(200);
    }
    await checkPlaces();
    const [queued, active] = await Promise.all([sessionsThatAre('queued'), sessionsThatAre('active')]);
    if (queued.length === 0 && active.every(({ agentId }) => agentId !== uid)) return;
  }
};

/** How many sessions an agent had at most at one time on one channel, as the logs tell it. */
const mostAtOnce = (sessions: readonly SupportSession[], agentId: string, channel: Channel): number => {
  const changes = sessions
    .filter((session) => session.agentId === agentId && session.type === channel)
    .flatMap(({ assignedAt = '', endedAt = '' }) => [
      { at: assignedAt, change: 1 },
      { at: endedAt, change: -1 },
    ])
    .sort((a, b) => (a.at === b.at ? a.change - b.change : a.at < b.at ? -1 : 1));
  let now = 0;
  return Math.max(
    0,
    ...changes.map(({ change }) => {
      now += change;
      return now;
    }),
  );
};

const assignedAt = async ({ id }: SupportSession): Promise<string> =>
  (await logOf(id)).find(({ kind }) => kind === 'assigned')?.at ?? 'never';

describe('many sessions at once', () => {
  it(`[RO7] ${sessionCount} sessions of 50 customers find 20 agents: in order, none lost, nobody above the places`, async () => {
    const customers = await crew.customers(50);
    const agents = await crew.agents(20);
    await openMany(customers);
    await checkPlaces();
    const full = async (): Promise<boolean> =>
      (await snapshot()).agents.every(({ open, capacity }) =>
        (['live-chat', 'co-browse', 'video-call'] as const).every((place) => open[place] === capacity[place]),
      );
    await expect.poll(full, { timeout: 20_000 }).toBe(true);
    const queue = await sessionsThatAre('queued');
    expect(queue).toHaveLength(sessionCount - 20 * (3 + 1 + 1));
    const waiting = orderQueue(queue, Date.now());

    await Promise.all(agents.map(workThrough));

    const sessions = await sessionsThatAre('completed');
    expect(sessions).toHaveLength(sessionCount);
    for (const { id } of sessions) {
      const kinds = (await logOf(id)).map(({ seq, kind }) => `${seq} ${kind}`);
      expect(kinds).toEqual(['1 message', '2 queued', '3 matched', '4 assigned', '5 ended']);
    }
    for (const { id, capacity } of (await snapshot()).agents) {
      for (const channel of channels) {
        expect(mostAtOnce(sessions, id, channel)).toBeLessThanOrEqual(capacity[channel]);
      }
    }
    const drained = (channel: Channel) => waiting.filter(({ type }) => type === channel);
    for (const channel of ['live-chat', 'co-browse', 'video-call'] as const) {
      const times = await Promise.all(drained(channel).map(assignedAt));
      expect(times).toEqual([...times].sort());
    }
  }, 110_000);

  it('[RO7] of twenty agents who claim one session at once at most one gets it, the others hear 409', async () => {
    const { api } = await crew.admin();
    const agents = await crew.agents(20, { status: 'away' });
    const [customer] = await crew.customers(1);
    if (customer === undefined) throw new Error('a customer was asked for');
    const setStatus = (status: 'online' | 'away') =>
      crew.store.transaction(async (transaction) => {
        for (const { uid } of agents) {
          const agent = await transaction.get('agents', uid);
          if (agent) transaction.put('agents', { ...agent, status });
        }
      });
    let claimed = 0;
    for (let round = 0; round < 5; round += 1) {
      await setStatus('away');
      const issue = { issue: 'Where is my order?', type: 'live-chat' };
      const { id } = bodyOf(await customer.api('POST', '/api/v1/sessions', issue), sessionSchema);
      await setStatus('online');
      const replies = await Promise.all(
        agents.map((agent) => agent.api('POST', `/api/v1/sessions/${id}/claim`)),
      );
      const statuses = replies.map(({ status }) => status);
      const won = statuses.filter((status) => status === 200).length;
      expect(statuses.filter((status) => status === 409)).toHaveLength(agents.length - won);
      const assignments = (await logOf(id)).filter(({ kind }) => kind === 'assigned');
      expect(assignments).toHaveLength(1);
      // The queue is looked at by the clock too, and may have been faster.
      expect(assignments[0]?.authorId === 'system' ? 0 : 1).toBe(won);
      claimed += won;
      await api('PATCH', `/api/v1/sessions/${id}`, { status: 'completed' });
    }
    expect(claimed).toBeGreaterThan(0);
    await checkPlaces();
  });
});

import { expect } from 'vitest';
import type { RecordStore } from '../../src/ports/record-store.ts';
import type { Agent } from '../../src/ports/records.ts';
import { sessionSchema } from '../../src/protocol/sessions.ts';
import { routeReplySchema } from '../../src/protocol/support.ts';
import { makeFolder } from '../../src/testing/make-folder.ts';
import { openCrew, signingKey } from './crew.ts';
import { type ServerProcess, startServerProcess } from './processes.ts';
import { type Api, apiOf, bodyOf } from './server.ts';

/** What a server has acknowledged since it was started. */
interface Acknowledged {
  /** Issue by session. */
  sessions: Map<string, string>;
  /** Issue by decision. */
  decisions: Map<string, string>;
  /** How often the agent was changed; the agent's places count along. */
  changes: number;
}

const startWithinMs = 5_000;
const writesBeforeKill = 80;

/** Calls again and again until the server goes away; a call that it cuts off has acknowledged nothing. */
const untilKilled = async (call: (turn: number) => Promise<void>): Promise<void> => {
  for (let turn = 0; ; turn += 1) {
    try {
      await call(turn);
    } catch (error) {
      // What fetch throws when the connection breaks.
      if (error instanceof TypeError) return;
      throw error;
    }
  }
};

/** A number that an agent's places stand for; there are at most a hundred of each. */
const placesOf = (count: number) => ({
  'ai-chatbot': 0,
  'live-chat': 0,
  'co-browse': Math.floor(count / 100),
  'video-call': count % 100,
});

const countOf = (agent: Agent | undefined): number =>
  100 * (agent?.capacity['co-browse'] ?? 0) + (agent?.capacity['video-call'] ?? 0);

const setCount = async (api: Api, agentId: string, count: number): Promise<void> => {
  const reply = await api('PUT', `/api/v1/agents/${agentId}`, { capacity: placesOf(count) });
  expect(reply.status).toBe(200);
};

const writersOf = (customer: Api, agent: Api, agentId: string, known: Acknowledged) => ({
  openSession: async (turn: number) => {
    const issue = `The bleed of flyer number ${turn} is missing`;
    const reply = await customer('POST', '/api/v1/sessions', { issue, type: 'live-chat' });
    expect(reply.status).toBe(201);
    known.sessions.set(bodyOf(reply, sessionSchema).id, issue);
  },
  route: async (turn: number) => {
    const issue = `Where is order number ${turn}`;
    const reply = await customer('POST', '/api/v1/support/route', { issue });
    expect(reply.status).toBe(200);
    known.decisions.set(bodyOf(reply, routeReplySchema).decisionId, issue);
  },
  changeAgent: async () => {
    await setCount(agent, agentId, known.changes + 1);
    known.changes += 1;
  },
});

/** Lets writers write, and kills the server in the middle of it. */
const writeUntilKilled = async (
  server: ServerProcess,
  tokens: { customer: string; agent: string },
  agentId: string,
  changes: number,
): Promise<Acknowledged> => {
  const known: Acknowledged = { sessions: new Map(), decisions: new Map(), changes };
  const api = { customer: apiOf(server.url, tokens.customer), agent: apiOf(server.url, tokens.agent) };
  const { openSession, route, changeAgent } = writersOf(api.customer, api.agent, agentId, known);
  const calls = [openSession, openSession, openSession, route, route, changeAgent];
  const killWhenBusy = async (turn: number, call: (turn: number) => Promise<void>): Promise<void> => {
    await call(turn);
    if (known.sessions.size + known.decisions.size >= writesBeforeKill) void server.end('SIGKILL');
  };
  await Promise.all(
    calls.map((call, index) => untilKilled((turn) => killWhenBusy(index * 10_000 + turn, call))),
  );
  await server.end('SIGKILL');
  return known;
};

/** A session was opened whole: itself, its decision that points back, and the beginning of its log. */
const expectWhole = async (store: RecordStore, sessionId: string, issue: string): Promise<void> => {
  const session = await store.get('supportSessions', sessionId);
  expect(session).toMatchObject({ id: sessionId, issue });
  const decision = await store.get('routingDecisions', session?.decisionId ?? '');
  expect(decision).toMatchObject({ sessionId, issue });
  const log = await store.list('sessionLog', {
    where: [{ field: 'sessionId', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'ascending',
    limit: 10,
  });
  expect(log.items.slice(0, 2).map(({ seq, kind }) => [seq, kind])).toEqual([
    [1, 'message'],
    [2, 'queued'],
  ]);
};

/** Also what was not acknowledged must be there whole or not at all. */
const expectNothingHalf = async (store: RecordStore): Promise<number> => {
  const order = { direction: 'descending', limit: 100_000 } as const;
  const sessions = await store.list('supportSessions', { ...order, orderBy: 'startTime' });
  for (const { id, issue } of sessions.items) await expectWhole(store, id, issue);
  const ids = new Set(sessions.items.map(({ id }) => id));
  const decisions = await store.list('routingDecisions', { ...order, orderBy: 'at' });
  for (const { sessionId } of decisions.items) if (sessionId !== undefined) expect(ids).toContain(sessionId);
  return sessions.items.length;
};

const expectKept = async (store: RecordStore, known: Acknowledged, agentId: string): Promise<number> => {
  for (const [id, issue] of known.sessions) await expectWhole(store, id, issue);
  for (const [id, issue] of known.decisions) {
    expect(await store.get('routingDecisions', id)).toMatchObject({ id, issue });
  }
  const stored = countOf(await store.get('agents', agentId));
  // The change that the kill cut off may have been committed, but not acknowledged.
  expect([known.changes, known.changes + 1]).toContain(stored);
  return stored;
};

/**
 * Kills a server during REST writes, as often as told, and checks after each restart that everything it had
 * acknowledged is there. Gives what was acknowledged and what is stored.
 */
export const expectNothingLost = async (
  kills: number,
): Promise<{ acknowledged: number; stored: number; slowestStartMs: number }> => {
  const dataDir = await makeFolder();
  const settings = {
    DATA_DIR: dataDir,
    DEMO: '0',
    AUTH_SIGNING_KEY: signingKey,
    RATE_LIMIT_MAX: '1000000000',
    RATE_LIMIT_STAFF_MAX: '1000000000',
  };
  let server = await startServerProcess(settings);
  const crew = await openCrew({ url: server.url, place: { DATA_DIR: dataDir } });
  const [customer] = await crew.customers(1);
  const [agent] = await crew.agents(1, { status: 'away' });
  if (!customer || !agent) throw new Error('a customer and an agent were asked for');
  const tokens = { customer: customer.token, agent: agent.token };
  await setCount(apiOf(server.url, agent.token), agent.uid, 0);
  let acknowledged = 0;
  let changes = 0;
  let slowestStartMs = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const known = await writeUntilKilled(server, tokens, agent.uid, changes);
    const startedAt = performance.now();
    server = await startServerProcess(settings);
    const startMs = performance.now() - startedAt;
    expect(startMs).toBeLessThan(startWithinMs);
    slowestStartMs = Math.max(slowestStartMs, startMs);
    changes = await expectKept(crew.store, known, agent.uid);
    acknowledged += known.sessions.size + known.decisions.size;
  }
  await server.end('SIGTERM');
  const sessions = await expectNothingHalf(crew.store);
  await crew.close();
  return { acknowledged, stored: sessions, slowestStartMs: Math.round(slowestStartMs) };
};

import { onTestFinished } from 'vitest';
import { createAnalytics } from '../analytics/analytics-service.ts';
import { createLiveEvents } from '../engines/memory/live-events.ts';
import { createMemoryCache } from '../engines/memory/memory-cache.ts';
import { createMemoryRelay } from '../engines/memory/memory-relay.ts';
import { createSignsOfLife } from '../engines/memory/signs-of-life.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { Analysis } from '../ports/ai-engine.ts';
import type { Identity } from '../ports/identity.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { Agent, SessionLogEntry, SupportSession } from '../ports/records.ts';
import type { OpenSession } from '../protocol/sessions.ts';
import { type AgentService, createAgentService } from '../support/agents/agent-service.ts';
import { type Attendance, createAttendance } from '../support/agents/attendance.ts';
import { createCustomerPasts } from '../support/routing/customer-past.ts';
import { createDecisionService, type DecisionService } from '../support/routing/decision-service.ts';
import { createLearnedState } from '../support/routing/learned-state.ts';
import { createOutcomeLearning } from '../support/routing/outcome-learning.ts';
import { createSessionService, type SessionService } from '../support/sessions/session-service.ts';
import { createShopService, type ShopService } from '../support/shop/shop-service.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createManualTimers } from './manual-timers.ts';
import { person } from './person.ts';
import { createToldAiEngine, sampleAnalysis } from './told-ai-engine.ts';

/** Sessions, agents and queue over the real SQLite engine, on a clock that the test moves. */
export interface SessionDesk {
  store: RecordStore;
  clock: ManualClock;
  shop: ShopService;
  agents: AgentService;
  decisions: DecisionService;
  sessions: SessionService;
  /** Makes a customer who has an account. */
  customer(uid: string): Promise<Identity>;
  attendance: Attendance;
  /** Makes an agent who is online and there, until first heard of; `changes` say what matters. */
  agent(uid: string, changes?: Partial<Agent>): Promise<Identity>;
  /** Opens a session that the AI engine understands as `analysis` says, on live-chat unless said otherwise. */
  open(user: Identity, request?: Partial<OpenSession>, analysis?: Partial<Analysis>): Promise<SupportSession>;
  /** Tells the AI engine what to answer for an issue. */
  tell(issue: string, analysis?: Partial<Analysis>): void;
  /** Looks at the queue and gives the session as it stands then. */
  settled(id: string): Promise<SupportSession>;
  log(id: string): Promise<SessionLogEntry[]>;
}

const silent = { warn: () => undefined, error: () => undefined };

export const admin = person('admin', 'admin-1');
/** Silence after which the desk warns, and then ends a session. */
export const abandonAfterMs = 600_000;
export const issueText = 'The bleed of our flyer is missing.';

/** Opens a desk whose records are in memory, or in a file that the test looks into. */
export const openSessionDesk = async (file = ':memory:'): Promise<SessionDesk> => {
  const clock = createManualClock();
  const store = await openSqliteStore({ file });
  const cache = createMemoryCache({ clock });
  const shop = createShopService({ store, cache });
  const learned = createLearnedState({ store, clock, logger: silent });
  const pasts = createCustomerPasts({ store, clock });
  const answers: Record<string, Analysis> = {};
  const decisions = createDecisionService({
    store,
    clock,
    engine: createToldAiEngine(answers),
    learned,
    pasts,
    settings: shop.settings,
  });
  const signs = createSignsOfLife({ clock, relay: createMemoryRelay() });
  const attendance = createAttendance({ signs, clock, onReturn: () => sessions.queue.wake() });
  const agents = createAgentService({ store, clock, attendance, onChange: () => sessions.queue.wake() });
  const subscribers = [
    createOutcomeLearning({ clock, learned, pasts }),
    createAnalytics({ store, cache, clock }).subscriber,
  ];
  const sessions = createSessionService({
    store,
    cache,
    clock,
    logger: silent,
    shop,
    team: agents.team,
    decide: decisions.decide,
    subscribers,
    live: createLiveEvents(createMemoryRelay()),
    signs,
    timers: createManualTimers(clock),
    abandonAfterMs,
  });
  onTestFinished(async () => {
    await sessions.queue.stop();
    await learned.settled();
    await cache.close();
    await store.close();
  });

  const tell = (issue: string, analysis: Partial<Analysis> = {}): void => {
    answers[issue] = sampleAnalysis(analysis);
  };

  return {
    store,
    clock,
    shop,
    agents,
    attendance,
    decisions,
    sessions,
    tell,
    customer: async (uid) => {
      const { email, name, role } = person('customer', uid);
      const createdAt = new Date(clock.now()).toISOString();
      await store.write((writer) => writer.put('users', { id: uid, email, name, role, createdAt }));
      return person('customer', uid);
    },
    agent: async (uid, changes = {}) => {
      const agent = await agents.ensure(uid, uid);
      await store.write((writer) => writer.put('agents', { ...agent, status: 'online', ...changes }));
      attendance.excuse([uid]);
      return person('agent', uid);
    },
    open: (user, request = {}, analysis = {}) => {
      const issue = request.issue ?? issueText;
      tell(issue, analysis);
      return sessions.open(user, { issue, type: 'live-chat', ...request });
    },
    settled: async (id) => {
      await sessions.queue.run();
      const session = await store.get('supportSessions', id);
      if (!session) throw new Error(`there is no session ${id}`);
      return session;
    },
    log: async (id) => {
      const { items } = await store.list('sessionLog', {
        where: [{ field: 'sessionId', operator: '==', value: id }],
        orderBy: 'seq',
        direction: 'ascending',
        limit: 200,
      });
      return items;
    },
  };
};

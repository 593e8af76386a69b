import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { analyticsOperations } from './analytics/analytics-routes.ts';
import { createAnalytics } from './analytics/analytics-service.ts';
import { annotationOperations } from './collaboration/annotation-routes.ts';
import { defaultFlushMs } from './collaboration/cursor-frames.ts';
import { createRealtime, type Realtime } from './collaboration/realtime.ts';
import { createRealtimeMetrics } from './collaboration/realtime-metrics.ts';
import { createRooms } from './collaboration/rooms-service.ts';
import { defaultSlowReaderLimits } from './collaboration/slow-readers.ts';
import type { Config } from './config.ts';
import { decideDemo, markAsDemo } from './demo-mode.ts';
import { createResilientEngine } from './engines/ai-resilience/resilient-engine.ts';
import { withCache } from './engines/ai-resilience/with-cache.ts';
import { createLocalAccounts } from './engines/local-accounts/local-accounts.ts';
import { loadSigningKey } from './engines/local-accounts/signing-key.ts';
import { createLocalAiEngine } from './engines/local-ai/local-ai-engine.ts';
import { createMemoryCache } from './engines/memory/memory-cache.ts';
import { createMemoryLiveEvents } from './engines/memory/memory-live-events.ts';
import { createMemoryRateLimits } from './engines/memory/memory-rate-limits.ts';
import { openSqliteStore } from './engines/sqlite/sqlite-store.ts';
import { accountOperations, identityOperations } from './gateway/account-routes.ts';
import { createApp } from './gateway/app.ts';
import { type Authentication, createAuthentication } from './gateway/authentication.ts';
import { createAddressKeys, createAddressOf } from './gateway/client-address.ts';
import { type HttpServer, startHttpServer } from './gateway/http-server.ts';
import { createLifecycle } from './gateway/lifecycle.ts';
import type { AiEngine } from './ports/ai-engine.ts';
import type { Cache } from './ports/cache.ts';
import type { Clock } from './ports/clock.ts';
import type { LocalAccounts } from './ports/identity.ts';
import type { RateLimits } from './ports/rate-limits.ts';
import type { RecordStore } from './ports/record-store.ts';
import type { LoggedRecordStore } from './ports/session-log.ts';
import type { Timers } from './ports/timers.ts';
import { takeServerLease } from './server-lease.ts';
import { addressRefusal, folderRefusal, StartRefusal } from './start-refusal.ts';
import { agentOperations } from './support/agents/agent-routes.ts';
import { createAgentService } from './support/agents/agent-service.ts';
import { demoSessionId, seedDemo } from './support/demo/seed-demo.ts';
import { seedArticles } from './support/knowledge/article-files.ts';
import { createArticleIndex } from './support/knowledge/article-index.ts';
import { articleOperations } from './support/knowledge/article-routes.ts';
import { createArticleService } from './support/knowledge/article-service.ts';
import { suggestionOperations } from './support/knowledge/suggestion-routes.ts';
import { createSuggestionService } from './support/knowledge/suggestion-service.ts';
import { createAgentMatcher } from './support/matching/agent-matcher.ts';
import { createPeople, type People } from './support/people.ts';
import { createCustomerPasts } from './support/routing/customer-past.ts';
import { createDecisionService } from './support/routing/decision-service.ts';
import { createLearnedState } from './support/routing/learned-state.ts';
import { createOutcomeLearning } from './support/routing/outcome-learning.ts';
import { replayDecisions } from './support/routing/replay.ts';
import { replayReport } from './support/routing/replay-report.ts';
import { routingOperations } from './support/routing/routing-routes.ts';
import { createSessionEnder } from './support/sessions/end-session.ts';
import { sessionOperations } from './support/sessions/session-routes.ts';
import { createSessionService } from './support/sessions/session-service.ts';
import { defaultSkills } from './support/shop/default-skills.ts';
import { shopOperations } from './support/shop/shop-routes.ts';
import { createShopService, defaultSettings } from './support/shop/shop-service.ts';
import { createLogger, type Logger } from './telemetry/logger.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const clock: Clock = { now: Date.now, monotonicMs: () => performance.now() };

const timers: Timers = {
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs).unref();
    return () => clearTimeout(timer);
  },
  every(intervalMs, work) {
    const timer = setInterval(work, intervalMs).unref();
    return () => clearInterval(timer);
  },
};

/** The engines that the configuration chooses, opened. */
interface Engines {
  store: LoggedRecordStore;
  cache: Cache;
  rateLimits: RateLimits;
  accounts: LocalAccounts;
  /** The same accounts, for making those of the demo shop. */
  demoAccounts: LocalAccounts;
  close(): Promise<void>;
}

const openFolder = async ({ dataDir, authSigningKey }: Config, logger: Logger) => {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const signingKey = await loadSigningKey(dataDir, authSigningKey);
    return { signingKey, store: await openSqliteStore({ file: join(dataDir, 'proofdesk.sqlite'), logger }) };
  } catch (error) {
    throw folderRefusal(dataDir, error);
  }
};

/** The password of demo accounts is public: a costly hash would only make the start slow. */
const demoPasswordCost = { N: 2 ** 10, r: 8, p: 1 };

const openEngines = async (config: Config, logger: Logger): Promise<Engines> => {
  const { store, signingKey } = await openFolder(config, logger);
  const accountOptions = { store, clock, signingKey, tokenTtlMs: config.tokenTtlMs };
  const cache = createMemoryCache({ clock });
  const rateLimits = createMemoryRateLimits({ clock });
  return {
    store,
    cache,
    rateLimits,
    accounts: createLocalAccounts(accountOptions),
    demoAccounts: createLocalAccounts({ ...accountOptions, passwordCost: demoPasswordCost }),
    close: async () => {
      await Promise.all([cache.close(), rateLimits.close()]);
      await store.close();
    },
  };
};

/** The AI engine, and whether the one that was chosen answers. */
interface Ai {
  engine: AiEngine;
  healthy(): boolean;
}

/** The local model, or OpenAI with the local model behind it; the SDK is loaded only when it is chosen. */
const createAi = async ({ openai }: Config, cache: Cache, logger: Logger): Promise<Ai> => {
  const local = await createLocalAiEngine();
  if (openai === undefined) return { engine: withCache(local, { cache }), healthy: () => true };
  const { createOpenAiEngine } = await import('./engines/openai/openai-engine.ts');
  let healthy = true;
  const engine = createResilientEngine({
    primary: createOpenAiEngine({ ...openai, clock }),
    fallback: local,
    cache,
    clock,
    circuit: {
      onStateChange: (state) => {
        healthy = state === 'closed';
      },
    },
    onFallback: (reason) => logger.warn({ reason }, 'OpenAI did not answer: the local model did'),
  });
  return { engine, healthy: () => healthy };
};

const createLearning = (store: RecordStore, logger: Logger) => ({
  learned: createLearnedState({ store, clock, logger }),
  pasts: createCustomerPasts({ store, clock }),
});

const createServices = (engines: Engines, ai: AiEngine, logger: Logger) => {
  const { store, cache } = engines;
  const shop = createShopService({ store, cache });
  const learning = createLearning(store, logger);
  const decisionOptions = { store, engine: ai, ...learning, settings: shop.settings };
  const decisions = createDecisionService({ ...decisionOptions, clock });
  const analytics = createAnalytics({ store, cache, clock });
  const subscribers = [createOutcomeLearning({ ...learning, clock }), analytics.subscriber];
  const live = createMemoryLiveEvents();
  const rooms = createRooms({ store, log: store.log, clock, logger });
  const agents = createAgentService({ store, clock, onChange: () => sessions.queue.wake() });
  const sessions = createSessionService({
    store,
    cache,
    clock,
    logger,
    shop,
    team: agents.team,
    decide: decisions.decide,
    subscribers,
    live,
  });
  const matcher = createAgentMatcher({ store, shop, team: agents.team, consider: decisions.consider });
  const index = createArticleIndex({ store, clock });
  const articles = createArticleService({ store, cache, clock, index });
  const suggestions = createSuggestionService({ index, engine: ai, readSession: sessions.reader.get });
  return {
    shop,
    decisions,
    decisionOptions,
    learning,
    analytics,
    agents,
    sessions,
    matcher,
    articles,
    suggestions,
    live,
    rooms,
  };
};

type Services = ReturnType<typeof createServices>;

/** A shop that has no settings yet is new: it starts with skills and articles that can be changed later. */
const furnishNewShop = async (store: RecordStore, { shop }: Services): Promise<void> => {
  if ((await store.get('settings', defaultSettings.id)) !== undefined) return;
  await seedArticles(store);
  await shop.updateSkills(defaultSkills);
  await store.write((writer) => writer.put('settings', defaultSettings));
};

/** The demo shop has a past, so its decisions and their outcomes are made on a clock that can be set back. */
const furnishDemo = (engines: Engines, services: Services): Promise<void> => {
  const { store, demoAccounts } = engines;
  const { shop, decisionOptions, learning, analytics } = services;
  const now = clock.now();
  let time = now;
  const past: Clock = { ...clock, now: () => time };
  const earlier = {
    travelTo: (moment: number) => {
      time = moment;
    },
    consider: createDecisionService({ ...decisionOptions, clock: past }).consider,
    subscribers: [createOutcomeLearning({ ...learning, clock: past }), analytics.subscriber],
  };
  return seedDemo({ store, accounts: demoAccounts, shop, earlier, now });
};

const hasUser = async (store: RecordStore, role?: 'admin'): Promise<boolean> => {
  const { items } = await store.list('users', {
    ...(role !== undefined && { where: [{ field: 'role', operator: '==', value: role }] as const }),
    orderBy: 'createdAt',
    direction: 'ascending',
    limit: 1,
  });
  return items.length > 0;
};

/** Production wants its accounts chosen on purpose and somebody who can manage them (rule EN3). */
const ensureFitForProduction = async (config: Config, store: RecordStore): Promise<void> => {
  if (!config.production) return;
  if (!config.localAccountsChosen) {
    throw new StartRefusal(
      'In production AUTH_MODE must say which accounts are wanted: set AUTH_MODE=local.',
    );
  }
  if (!(await hasUser(store, 'admin'))) {
    throw new StartRefusal(
      'With AUTH_MODE=local an administrator must exist: npx proofdesk users add EMAIL --role admin.',
    );
  }
};

/** The sockets of the server; they are verified by the same object as requests. */
const createSockets = (
  config: Config,
  { store }: Engines,
  { engine }: Ai,
  { rooms, live, sessions }: Services,
  { authentication, metrics, logger }: { authentication: Authentication; metrics: Metrics; logger: Logger },
): Realtime => {
  const addressKey = createAddressKeys();
  const addressOf = createAddressOf(config.trustProxy);
  return createRealtime({
    ...config.sockets,
    rooms,
    live,
    engine,
    records: store,
    authentication,
    logger,
    clock,
    timers,
    flushMs: defaultFlushMs,
    // Reading a session as its agent marks it as opened (rule RO6); so does coming into its room.
    onJoin: (user, sessionId) => {
      if (user.role !== 'agent') return;
      sessions.reader
        .get(user, sessionId)
        .catch((error: unknown) =>
          logger.warn({ err: error, sessionId }, 'a session was not marked as opened'),
        );
    },
    slowReaders: defaultSlowReaderLimits,
    metrics: (counts) => createRealtimeMetrics(metrics.registry, counts),
    corsOrigins: config.corsOrigins,
    addressOf: (request) => addressKey(addressOf(request)),
  });
};

const createGateway = (config: Config, engines: Engines, ai: Ai, services: Services, logger: Logger) => {
  const { store, accounts, rateLimits } = engines;
  const lifecycle = createLifecycle();
  const metrics = createMetrics();
  const authentication = createAuthentication({ verifyToken: accounts.verify, clock });
  const realtime = createSockets(config, engines, ai, services, { authentication, metrics, logger });
  const { signInMax, signup, corsOrigins, jsonBodyLimitBytes, trustProxy, metricsToken } = config;
  const app = createApp({
    operations: [
      ...identityOperations(),
      ...accountOperations({ accounts, authentication, rateLimits, signInMax, signup }),
      ...routingOperations({ decisions: services.decisions, engine: ai.engine }),
      ...agentOperations(services),
      ...sessionOperations(services.sessions),
      ...suggestionOperations(services.suggestions),
      ...articleOperations(services.articles),
      ...annotationOperations({
        rooms: services.rooms,
        store,
        ensureMayRead: async (user, id) => {
          await services.sessions.reader.read(user, id);
        },
      }),
      ...shopOperations(services.shop),
      ...analyticsOperations(services.analytics),
    ],
    authentication,
    rateLimits,
    limits: { ...config.rateLimit, perAddressFactor: 10 },
    corsOrigins,
    jsonBodyLimitBytes,
    trustProxy,
    metricsToken,
    logger,
    metrics,
    clock,
    lifecycle,
    version,
    health: async () => ({
      engines: {
        records: { name: 'sqlite', healthy: await store.healthy() },
        identity: { name: 'local-accounts', healthy: true },
        ai: { name: ai.engine.name, healthy: ai.healthy() },
        cache: { name: 'memory', healthy: true },
      },
    }),
    connections: realtime.counts,
  });
  return { app, lifecycle, realtime };
};

type Gateway = ReturnType<typeof createGateway>;

/** A whole Proofdesk, ready to start. */
export interface Proofdesk {
  demo: boolean;
  logger: Logger;
  /** Listens; resolves with the address when everything is ready. */
  start(): Promise<{ url: string }>;
  /** Finishes what is in flight, flushes and lets go of everything; safe to call twice. */
  stop(): Promise<void>;
}

/** Seeds the demo shop unless it is there; a seeding that was cut short is done again. */
const prepareData = async (config: Config, engines: Engines, services: Services): Promise<boolean> => {
  const { store } = engines;
  const demo = decideDemo(config, await hasUser(store));
  await ensureFitForProduction(config, store);
  await furnishNewShop(store, services);
  if (demo && (await store.get('supportSessions', demoSessionId)) === undefined) {
    await markAsDemo(config.dataDir);
    await furnishDemo(engines, services);
  }
  return demo;
};

const urlOf = ({ host, port }: HttpServer): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** What stands between the engines and the world while a server runs. */
const runServer = (config: Config, engines: Engines, services: Services, gateway: Gateway) => {
  const { host, port, shutdownGraceMs } = config;
  const { app, lifecycle, realtime } = gateway;
  let http: HttpServer | undefined;
  return {
    start: async () => {
      const listening = startHttpServer({
        handler: app.handler,
        host,
        port,
        lifecycle,
        shutdownGraceMs,
        whileDraining: realtime.drain,
      });
      http = await listening.catch((error: unknown) => {
        throw addressRefusal(host, port, error);
      });
      realtime.attach(http.server);
      services.sessions.queue.start();
      lifecycle.state = 'ready';
      return { url: urlOf(http) };
    },
    stop: async () => {
      await http?.stop();
      if (http === undefined) await realtime.drain(0);
      await services.sessions.queue.stop();
      await services.rooms.close();
      await engines.close();
    },
  };
};

/** Joins engines, services and gateway as the configuration says. Nothing listens before `start`. */
export const compose = async (config: Config): Promise<Proofdesk> => {
  const logger = createLogger({ level: config.logLevel });
  const engines = await openEngines(config, logger);
  let release = async (): Promise<void> => undefined;
  const close = () => release().finally(engines.close);
  let stop = close;
  try {
    const onLost = () => {
      logger.fatal({}, 'Another server has taken over these records: this one stops.');
      void stop();
    };
    ({ release } = await takeServerLease({ store: engines.store, clock, onLost }));
    const ai = await createAi(config, engines.cache, logger);
    const services = createServices(engines, ai.engine, logger);
    const demo = await prepareData(config, engines, services);
    const gateway = createGateway(config, engines, ai, services, logger);
    const server = runServer(config, { ...engines, close }, services, gateway);
    let stopping: Promise<void> | undefined;
    stop = () => {
      stopping ??= server.stop();
      return stopping;
    };
    return { demo, logger, start: server.start, stop };
  } catch (error) {
    await close();
    throw error;
  }
};

/** What the command line works with, beside a running server or without one. */
export interface CommandLine {
  people: People;
  /** The report of stored decisions. */
  replay(): Promise<string>;
  close(): Promise<void>;
}

/** Opens the data for the command line. */
export const openCommandLine = async (config: Config): Promise<CommandLine> => {
  const logger = createLogger({ level: 'silent' });
  const { store, cache, accounts, close } = await openEngines(config, logger);
  const agents = createAgentService({ store, clock, onChange: () => undefined });
  const subscribers = [
    createOutcomeLearning({ ...createLearning(store, logger), clock }),
    createAnalytics({ store, cache, clock }).subscriber,
  ];
  // A running server looks at its queue every few seconds by itself.
  const queueMayMove = () => undefined;
  const updateSession = createSessionEnder({ store, cache, clock, subscribers, queueMayMove });
  return {
    people: createPeople({ store, clock, accounts, agents, updateSession }),
    replay: async () => replayReport(await replayDecisions(store)),
    close,
  };
};

import { createRequire } from 'node:module';
import { identityEngine } from '../config.ts';
import { createApp } from '../gateway/app.ts';
import { createAuthentication } from '../gateway/authentication.ts';
import { createLifecycle } from '../gateway/lifecycle.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { createOperations } from './operations.ts';
import type { Parts } from './parts.ts';
import { createSockets } from './sockets.ts';
import { clock } from './system-time.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The API and the sockets beside it, with everything they are guarded by. */
export const createGateway = (parts: Parts) => {
  const { config, logger, ai } = parts;
  const { store, recordsEngine, files, filesEngine, accounts, shared } = parts.engines;
  const lifecycle = createLifecycle();
  const metrics = createMetrics();
  const authentication = createAuthentication({ verifyToken: accounts.verify, clock });
  const realtime = createSockets({ ...parts, authentication, metrics });
  const { corsOrigins, jsonBodyLimitBytes, trustProxy, metricsToken } = config;
  const app = createApp({
    operations: createOperations({ ...parts, authentication }),
    authentication,
    rateLimits: shared.rateLimits,
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
        records: { name: recordsEngine, healthy: await store.healthy() },
        identity: { name: identityEngine(config), healthy: accounts.healthy() },
        ai: { name: ai.engine.name, healthy: ai.healthy() },
        files: { name: filesEngine, healthy: await files.healthy() },
        cache: { name: shared.name, healthy: shared.healthy() },
      },
    }),
    connections: realtime.counts,
    // An agent who works without sockets is there as well (rule RO6).
    onCaller: ({ uid, role }) => {
      if (role === 'agent') parts.services.attendance.heard(uid);
    },
  });
  return { app, lifecycle, realtime };
};

export type Gateway = ReturnType<typeof createGateway>;

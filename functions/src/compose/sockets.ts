import { defaultFlushMs } from '../collaboration/sockets/cursor-frames.ts';
import { createRealtime, type Realtime } from '../collaboration/sockets/realtime.ts';
import { createRealtimeMetrics } from '../collaboration/sockets/realtime-metrics.ts';
import { defaultSlowReaderLimits } from '../collaboration/sockets/slow-readers.ts';
import type { Authentication } from '../gateway/authentication.ts';
import { createAddressKeys, createAddressOf } from '../gateway/client-address.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Parts } from './parts.ts';
import { clock, timers } from './system-time.ts';

export interface SocketsOptions extends Parts {
  authentication: Authentication;
  metrics: Metrics;
}

/** The sockets of the server; they are verified by the same object as requests. */
export const createSockets = (options: SocketsOptions): Realtime => {
  const { config, logger, authentication, metrics } = options;
  const { store, live, shared } = options.engines;
  const { rooms, sessions, attendance } = options.services;
  const addressKey = createAddressKeys();
  const addressOf = createAddressOf(config.trustProxy);
  return createRealtime({
    ...config.sockets,
    iceServers: config.iceServers,
    rooms,
    live,
    relay: shared.relay,
    engine: options.ai.engine,
    previewEngine: options.ai.local,
    records: store,
    authentication,
    logger,
    clock,
    timers,
    flushMs: defaultFlushMs,
    // Reading a session as its agent marks it as opened (rule RO6); so does coming into its room.
    onJoin: (user, sessionId) => {
      if (user.role === 'customer') sessions.silence.heard(sessionId);
      if (user.role !== 'agent') return;
      sessions.reader
        .get(user, sessionId)
        .catch((error: unknown) =>
          logger.warn({ err: error, sessionId }, 'a session was not marked as opened'),
        );
    },
    // The log does not show it, but whoever draws or talks has not gone (rule RE9).
    onActivity: ({ role }, sessionId) => {
      if (role === 'customer') sessions.silence.heard(sessionId);
    },
    onPresent: ({ uid, role }) => {
      if (role === 'agent') attendance.heard(uid);
    },
    slowReaders: defaultSlowReaderLimits,
    metrics: (counts) => createRealtimeMetrics(metrics.registry, counts),
    corsOrigins: config.corsOrigins,
    addressOf: (request) => addressKey(addressOf(request)),
  });
};

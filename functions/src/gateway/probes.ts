import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { AppError } from '../errors/app-error.ts';
import { type Clock, isoTime } from '../ports/clock.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Exchange } from './exchange.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Pipeline } from './pipeline.ts';
import type { ReplySender } from './reply.ts';
import type { Route } from './route-table.ts';

/** State of one engine; `name` is the technology, e.g. `sqlite`. */
interface EngineHealth {
  name: string;
  healthy: boolean;
}

/** Engines by need: records, identity, ai, cache ... */
type EnginesHealth = Record<string, EngineHealth>;

export interface ProbeOptions {
  /** Asks each engine; expected to answer within a second or two and never to fail. */
  health: () => Promise<{ engines: EnginesHealth }>;
  /** Open sockets and the sessions they are in. */
  connections: () => { connections: number; sessions: number };
  lifecycle: Lifecycle;
  clock: Clock;
  metrics: Metrics;
  metricsToken: string | undefined;
}

/** Engines are asked at most once in this time, however often a probe comes. */
const healthAgeMs = 1_000;

const createHealthCheck = ({ health, clock }: ProbeOptions): ProbeOptions['health'] => {
  let latest: Promise<{ engines: EnginesHealth }> | undefined;
  let askedAt = 0;
  return () => {
    const now = clock.monotonicMs();
    if (latest === undefined || now - askedAt >= healthAgeMs) {
      askedAt = now;
      latest = health();
    }
    return latest;
  };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const bearsToken = (exchange: Exchange, token: string): boolean =>
  timingSafeEqual(digest(exchange.request.headers.authorization ?? ''), digest(`Bearer ${token}`));

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** Whether the request was made on this machine; a proxy on it speaks for others and does not count. */
const isLocal = (exchange: Exchange): boolean => {
  const { headers, socket } = exchange.request;
  if (forwardingHeaders.some((name) => headers[name] !== undefined)) return false;
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
};

const ensureMayReadMetrics = (exchange: Exchange, token: string | undefined): void => {
  if (isLocal(exchange) || (token !== undefined && bearsToken(exchange, token))) return;
  throw new AppError(
    'not_authenticated',
    'Send METRICS_TOKEN as bearer token, or ask from the machine itself.',
  );
};

/** GET /health, /ready and /metrics: exempt from limits, answered in every state of the server. */
export const createProbes = (options: ProbeOptions, pipeline: Pipeline, sender: ReplySender): Route[] => {
  const { lifecycle, clock, connections, metrics, metricsToken } = options;
  const checkHealth = createHealthCheck(options);

  const health = async (exchange: Exchange): Promise<void> => {
    const { engines } = await checkHealth();
    const healthy = Object.values(engines).every((engine) => engine.healthy);
    sender.reply(exchange, {
      status: 200,
      headers: { 'Cache-Control': 'no-store' },
      body: {
        status: healthy ? 'healthy' : 'degraded',
        timestamp: isoTime(clock.now()),
        websocket: connections(),
        engines,
      },
    });
  };

  const ready = (exchange: Exchange): void => {
    if (lifecycle.state !== 'ready') {
      throw new AppError('unavailable', `The server is ${lifecycle.state}.`, { retryAfterMs: 1_000 });
    }
    sender.reply(exchange, {
      status: 200,
      body: { status: 'ready' },
      headers: { 'Cache-Control': 'no-store' },
    });
  };

  const readMetrics = async (exchange: Exchange): Promise<void> => {
    ensureMayReadMetrics(exchange, metricsToken);
    const text = await metrics.registry.metrics();
    sender.text(exchange, 200, metrics.registry.contentType, text, ['Cache-Control', 'no-store']);
  };

  const probe = (id: string, path: string, work: (exchange: Exchange) => Promise<void> | void): Route => ({
    id,
    method: 'get',
    path,
    always: true,
    handle: pipeline.exempt(work),
  });
  return [
    probe('getHealth', '/health', health),
    probe('getReadiness', '/ready', ready),
    probe('getMetrics', '/metrics', readMetrics),
  ];
};

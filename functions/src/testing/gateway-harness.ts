import { Writable } from 'node:stream';
import { createMemoryRateLimits } from '../engines/memory/memory-rate-limits.ts';
import { AppError } from '../errors/app-error.ts';
import { type App, type AppOptions, createApp } from '../gateway/app.ts';
import { createAuthentication } from '../gateway/authentication.ts';
import { type HttpServer, startHttpServer } from '../gateway/http-server.ts';
import { createLifecycle, type Lifecycle } from '../gateway/lifecycle.ts';
import type { Operation } from '../gateway/operation.ts';
import type { VerifiedToken } from '../ports/identity.ts';
import type { Role } from '../protocol/enumerations.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

export interface GatewayHarnessOptions extends Partial<Omit<AppOptions, 'operations' | 'lifecycle'>> {
  operations?: readonly Operation[];
  /** How long `stop` waits for work under way. */
  shutdownGraceMs?: number;
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
}

/** A gateway that listens on a free port, with everything that a test looks at. */
export interface GatewayHarness {
  app: App;
  server: HttpServer;
  clock: ManualClock;
  lifecycle: Lifecycle;
  url: string;
  /** Lines of the log, parsed. */
  logLines(): Record<string, unknown>[];
  /** The log as it was written. */
  logText(): string;
  /** Tokens that were verified, in order. */
  verifications: string[];
  /** Makes `verifyToken` refuse this token from now on. */
  revoke(token: string): void;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

const tokenShape = /^(customer|agent|admin)-([a-z0-9]+)$/;

/** Tokens of the harness are `ROLE-NAME`, e.g. `customer-anna`; everything else is refused. */
const createVerifier = (clock: ManualClock) => {
  const verifications: string[] = [];
  const revoked = new Set<string>();
  const verifyToken = async (token: string): Promise<VerifiedToken> => {
    verifications.push(token);
    const [, role, uid = ''] = tokenShape.exec(token) ?? [];
    if (role === undefined || revoked.has(token)) throw new AppError('not_authenticated', 'Unknown token.');
    const identity = { uid, email: `${uid}@test.local`, name: uid, role: role as Role };
    return { identity, expiresAt: clock.now() + 3_600_000 };
  };
  return { verifications, revoke: (token: string) => revoked.add(token), verifyToken };
};

const createLogSink = () => {
  const chunks: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const text = () => chunks.join('');
  const lines = () =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Record<string, unknown> => JSON.parse(line));
  return { destination, text, lines };
};

/** Starts a gateway with in-process engines; options replace any part. Stop it with `server.stop()`. */
export const startGateway = async (options: GatewayHarnessOptions = {}): Promise<GatewayHarness> => {
  const clock = createManualClock();
  const lifecycle = createLifecycle();
  const sink = createLogSink();
  const verifier = createVerifier(clock);
  const app = createApp({
    operations: [],
    authentication: createAuthentication({ verifyToken: verifier.verifyToken, clock }),
    rateLimits: createMemoryRateLimits({ clock }),
    limits: { max: 100_000, perAddressFactor: 10, staffMax: 100_000, windowMs: 900_000 },
    corsOrigins: ['https://desk.example.com'],
    jsonBodyLimitBytes: 100_000,
    trustProxy: 0,
    metricsToken: undefined,
    logger: createLogger({ level: 'info', destination: sink.destination }),
    metrics: createMetrics(),
    clock,
    health: async () => ({ engines: { records: { name: 'sqlite', healthy: true } } }),
    onCaller: () => undefined,
    connections: () => ({ connections: 0, sessions: 0 }),
    version: '1.2.3',
    ...options,
    lifecycle,
  });
  const { shutdownGraceMs = 5_000, headersTimeoutMs, requestTimeoutMs } = options;
  const server = await startHttpServer({
    handler: app.handler,
    host: '127.0.0.1',
    port: 0,
    lifecycle,
    shutdownGraceMs,
    ...(headersTimeoutMs === undefined ? {} : { headersTimeoutMs }),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  });
  lifecycle.state = 'ready';
  const url = `http://127.0.0.1:${server.port}`;
  return {
    app,
    server,
    clock,
    lifecycle,
    url,
    logLines: sink.lines,
    logText: sink.text,
    verifications: verifier.verifications,
    revoke: verifier.revoke,
    fetch: (path, init) => fetch(`${url}${path}`, init),
  };
};

/** The JSON object of a reply. */
export const objectOf = async (reply: Response): Promise<Record<string, unknown>> => {
  const value = await reply.json();
  if (typeof value !== 'object' || value === null) throw new Error(`not an object: ${value}`);
  return { ...value };
};

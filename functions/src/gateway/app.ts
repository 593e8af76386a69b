import type { RequestListener } from 'node:http';
import compression from 'compression';
import express, { type Express, type Request, type Response } from 'express';
import { AppError } from '../errors/app-error.ts';
import type { Identity } from '../ports/identity.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createAccessLog } from './access-log.ts';
import type { Authentication } from './authentication.ts';
import { createAddressKeys, createAddressOf } from './client-address.ts';
import { createConstantHeaders } from './constant-headers.ts';
import { createDocumentationRoutes, documentationStyleSource } from './documentation-routes.ts';
import { attachExchange, Exchange, exchangeOf, type ServerRequest } from './exchange.ts';
import { createOpenApiDocument } from './openapi.ts';
import type { OpenApiDocument } from './openapi-types.ts';
import type { Operation } from './operation.ts';
import { createPipeline } from './pipeline.ts';
import { createProbes, type ProbeOptions } from './probes.ts';
import { toAppError } from './problem.ts';
import { createRateLimiter, type RateLimitSettings } from './rate-limiting.ts';
import { compressionThresholdBytes, createReplySender } from './reply.ts';
import { createRouteTable, type PathEntry, type Route } from './route-table.ts';

export interface AppOptions extends ProbeOptions {
  operations: readonly Operation[];
  authentication: Authentication;
  rateLimits: RateLimits;
  limits: RateLimitSettings;
  /** Origins whose pages may read replies, e.g. `https://desk.example.com`. */
  corsOrigins: readonly string[];
  jsonBodyLimitBytes: number;
  /** Proxies in front of the server whose X-Forwarded-For is believed; 0 when callers connect directly. */
  trustProxy: number;
  logger: Logger;
  /** Is told who asks, at every request of somebody who is signed in. */
  onCaller(identity: Identity): void;
  /** Shown in the OpenAPI document. */
  version: string;
}

/** The API as one listener. */
export interface App {
  /** To be served by `startHttpServer`, or by any host of listeners of node:http. */
  handler: RequestListener;
  /** What GET /openapi.json answers. */
  openapi: OpenApiDocument;
}

const notFound = () => new AppError('not_found', 'No operation has this address: /docs lists them all.');

const notReady = (state: string) =>
  new AppError('unavailable', `The server is ${state}: try again in a moment.`, { retryAfterMs: 1_000 });

/** HTTP/1.1 wants a Host header on every request (RFC 9112, section 3.2). */
const lacksHost = ({ headers, httpVersion }: ServerRequest): boolean =>
  headers.host === undefined && httpVersion === '1.1';

const noHost = () => new AppError('malformed_request', 'Send a Host header with the request.');

const methodNotAllowed = (entry: PathEntry) =>
  new AppError('method_not_allowed', `This address takes ${entry.allow}.`);

/** Routes by what stands between the slashes, exactly as the addresses are published. */
const createExpress = (): Express => {
  const application = express();
  application.disable('x-powered-by');
  application.enable('case sensitive routing');
  application.enable('strict routing');
  application.set('query parser', false);
  return application;
};

/**
 * Makes the application from descriptions of operations. Fails at start when an operation has no permission or
 * is described twice, so that nothing is open or shadowed by oversight.
 */
export const createApp = (options: AppOptions): App => {
  const { operations, lifecycle, clock } = options;
  const compress = compression({ threshold: compressionThresholdBytes });
  const sender = createReplySender({
    constant: createConstantHeaders({
      corsOrigins: options.corsOrigins,
      styleSources: [documentationStyleSource],
    }),
    compress: (request, response, next) => compress(request as Request, response as Response, next),
    lifecycle,
  });
  const limit = createRateLimiter(options.rateLimits, options.limits, options.logger);
  const pipeline = createPipeline({ ...options, limit, sender });
  const finish = createAccessLog(options);
  const addressOf = createAddressOf(options.trustProxy);
  const addressKey = createAddressKeys();
  const operationRoutes = operations.map(
    (operation): Route => ({
      id: operation.id,
      method: operation.method,
      path: operation.path,
      handle: pipeline.handlerOf(operation),
    }),
  );
  const openapi = createOpenApiDocument(operations, options.version);
  const table = createRouteTable([
    ...operationRoutes,
    ...createProbes(options, pipeline, sender),
    ...createDocumentationRoutes(openapi, pipeline, sender),
  ]);

  const dispatch = (entry: PathEntry, exchange: Exchange, params: Record<string, unknown>): Promise<void> => {
    const route = entry.methods.get(exchange.request.method);
    if (route === undefined)
      return pipeline.refuse(exchange, methodNotAllowed(entry), ['Allow', entry.allow]);
    exchange.operation = route.id;
    return route.handle(exchange, params);
  };

  /** Addresses with parameters, and those that nothing has. */
  const application = createExpress();
  for (const [path, entry] of table.parameterized) {
    application.all(path, (request) => dispatch(entry, exchangeOf(request), request.params));
  }

  const throughExpress = (exchange: Exchange): void => {
    attachExchange(exchange);
    const unanswered = (error?: unknown) =>
      void pipeline.refuse(exchange, error ? toAppError(error) : notFound());
    application(exchange.request as Request, exchange.response as Response, unanswered);
  };

  const refusalOf = ({ request }: Exchange, entry: PathEntry | undefined): AppError | undefined => {
    if (lifecycle.state !== 'ready' && entry?.always !== true) return notReady(lifecycle.state);
    return lacksHost(request) ? noHost() : undefined;
  };

  const answer = (exchange: Exchange): void => {
    const entry = table.exact.get(exchange.path);
    const refusal = refusalOf(exchange, entry);
    if (refusal !== undefined) pipeline.fail(exchange, refusal);
    else if (exchange.request.method === 'OPTIONS') {
      exchange.operation = 'preflight';
      sender.preflight(exchange);
    } else if (entry !== undefined) void dispatch(entry, exchange, {});
    else throughExpress(exchange);
  };

  const handler: RequestListener = (request, response) => {
    const exchange = new Exchange(request as ServerRequest, response, clock.monotonicMs());
    exchange.address = addressKey(addressOf(request));
    response.on('close', () => finish(exchange));
    answer(exchange);
  };
  return { handler, openapi };
};

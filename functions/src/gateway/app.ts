import type { RequestListener } from 'node:http';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { AppError } from '../errors/app-error.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createAccessLog } from './access-log.ts';
import type { Authentication } from './authentication.ts';
import { createAddressKeys } from './client-address.ts';
import { createConstantHeaders } from './constant-headers.ts';
import { createDocumentationRoutes, documentationStyleSource } from './documentation-routes.ts';
import { attachExchange, Exchange, exchangeOf } from './exchange.ts';
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
const lacksHost = ({ headers, httpVersion }: Request): boolean =>
  headers.host === undefined && httpVersion === '1.1';

const noHost = () => new AppError('malformed_request', 'Send a Host header with the request.');

const methodNotAllowed = (entry: PathEntry) =>
  new AppError('method_not_allowed', `This address takes ${entry.allow}.`);

/**
 * Makes the application from descriptions of operations. Fails at start when an operation has no permission or
 * is described twice, so that nothing is open or shadowed by oversight.
 */
export const createApp = (options: AppOptions): App => {
  const { operations, lifecycle, clock, trustProxy } = options;
  const sender = createReplySender({
    constant: createConstantHeaders({
      corsOrigins: options.corsOrigins,
      styleSources: [documentationStyleSource],
    }),
    compress: compression({ threshold: compressionThresholdBytes }),
    lifecycle,
  });
  const limit = createRateLimiter(options.rateLimits, options.limits, options.logger);
  const pipeline = createPipeline({ ...options, limit, sender });
  const finish = createAccessLog(options);
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

  const begin: RequestHandler = (request, response, next) => {
    const exchange = new Exchange(request, response, clock.monotonicMs());
    exchange.address = addressKey(trustProxy === 0 ? request.socket.remoteAddress : request.ip);
    response.on('close', () => finish(exchange));
    const entry = table.exact.get(exchange.path);
    if (lifecycle.state !== 'ready' && entry?.always !== true) {
      return pipeline.fail(exchange, notReady(lifecycle.state));
    }
    if (lacksHost(request)) return pipeline.fail(exchange, noHost());
    if (request.method === 'OPTIONS') {
      exchange.operation = 'preflight';
      return sender.preflight(exchange);
    }
    if (entry !== undefined) return void dispatch(entry, exchange, {});
    attachExchange(exchange);
    next();
  };
  const failed: ErrorRequestHandler = (error, request, _response, _next) => {
    return pipeline.refuse(exchangeOf(request), toAppError(error));
  };

  const nowhere = (request: Request): Promise<void> => pipeline.refuse(exchangeOf(request), notFound());

  const application = express();
  application.disable('x-powered-by');
  application.enable('case sensitive routing');
  application.enable('strict routing');
  application.set('query parser', false);
  application.set('trust proxy', trustProxy);
  application.use(begin);
  for (const [path, entry] of table.parameterized) {
    application.all(path, (request) => dispatch(entry, exchangeOf(request), request.params));
  }
  application.use(nowhere);
  application.use(failed);

  const serve = (request: Request, response: Response): void => {
    // A target without a path, such as `http://`, passes every layer by, and Express would answer in its own words.
    application(request, response, () => {
      begin(request, response, () => void nowhere(request));
    });
  };
  return { handler: (request, response) => serve(request as Request, response as Response), openapi };
};

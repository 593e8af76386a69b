import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from 'cors';
import helmet from 'helmet';

/** Names and values in turn, as `writeHead` takes them. */
export type RawHeaders = readonly string[];

/** Headers that are the same on every reply, computed once. */
export interface ConstantHeaders {
  /** For a reply to a request with this Origin header. */
  reply(origin: string | undefined): RawHeaders;
  /** For the answer to a CORS preflight. */
  preflight(origin: string | undefined): RawHeaders;
}

export interface ConstantHeadersOptions {
  /** Origins whose pages may read replies. */
  corsOrigins: readonly string[];
  /** Sources of style beside the server's own files: hashes of the documentation's style sheet. */
  styleSources: readonly string[];
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const exposedHeaders = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Location',
  'RateLimit-Limit',
  'RateLimit-Policy',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'X-Request-Id',
];

const createHelmet = (styleSources: readonly string[]): Middleware =>
  helmet({
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        manifestSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", ...styleSources],
        workerSrc: ["'self'", 'blob:'],
      },
    },
  });

const createCors = (corsOrigins: readonly string[]): Middleware =>
  cors({
    origin: [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'If-None-Match',
      'If-Range',
      'Prefer',
      'Range',
      'X-Request-Id',
    ],
    exposedHeaders,
    maxAge: 86_400,
  });

const flatten = (headers: OutgoingHttpHeaders): string[] =>
  Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);

/** What a middleware sets, seen on a response that is never sent. */
const recorded = (middlewares: readonly Middleware[], method: string, origin?: string): RawHeaders => {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  if (origin !== undefined) request.headers.origin = origin;
  const response = new ServerResponse(request);
  for (const middleware of middlewares) middleware(request, response, () => {});
  return flatten(response.getHeaders());
};

/**
 * Runs helmet and cors once for each origin they can tell apart. Their headers depend on nothing else, so that
 * copying them gives the same replies as running them on each request, at a fraction of the cost.
 */
export const createConstantHeaders = (options: ConstantHeadersOptions): ConstantHeaders => {
  const middlewares = [createHelmet(options.styleSources), createCors(options.corsOrigins)];
  const record = (method: string) => {
    const byOrigin = new Map(
      options.corsOrigins.map((origin) => [origin, recorded(middlewares, method, origin)]),
    );
    const others = recorded(middlewares, method, 'null');
    return (origin: string | undefined) => (origin === undefined ? others : (byOrigin.get(origin) ?? others));
  };
  return { reply: record('GET'), preflight: record('OPTIONS') };
};

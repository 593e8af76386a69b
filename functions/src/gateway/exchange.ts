import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from '../ports/identity.ts';
import type { RawHeaders } from './constant-headers.ts';
import { requestIdOf } from './request-id.ts';

/** A request as a server is given it: method and target are always there. */
export type ServerRequest = IncomingMessage & { method: string; url: string };

const noHeaders: RawHeaders = [];

/** Path of a request target without its query; proxies may send the absolute form. */
const pathOf = (target: string): string => {
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  if (path.startsWith('/')) return path;
  return URL.canParse(path) ? new URL(path).pathname : path;
};

/** One request and its reply, with what the gateway learns about it on the way. */
export class Exchange {
  readonly request: ServerRequest;
  readonly response: ServerResponse;
  readonly id: string;
  readonly path: string;
  /** Monotonic, in milliseconds. */
  readonly startedAt: number;
  /** The operation's id or a fixed word; never a path, because metrics are labelled with it. */
  operation = 'unknown';
  /** Key of the caller's address. */
  address = 'unknown';
  identity: Identity | undefined;
  /** The token that came with the request, valid or not. */
  token: string | undefined;
  /** Why the token that came is not good, and what to do. */
  tokenProblem: string | undefined;
  rateLimitHeaders: RawHeaders = noHeaders;
  /** What a failure says in headers beside its body. */
  failureHeaders: RawHeaders = noHeaders;
  /** What went wrong on our side; for the log. */
  failure: unknown;

  constructor(request: ServerRequest, response: ServerResponse, startedAt: number) {
    this.request = request;
    this.response = response;
    this.startedAt = startedAt;
    this.id = requestIdOf(request.headers['x-request-id']);
    this.path = pathOf(request.url);
  }
}

const exchangeKey = Symbol('exchange');

interface CarriesExchange {
  [exchangeKey]?: Exchange;
}

/** Lets handlers further down Express's stack find the exchange of their request. */
export const attachExchange = (exchange: Exchange): void => {
  (exchange.request as CarriesExchange)[exchangeKey] = exchange;
};

/** The exchange of a request that came through the gateway. */
export const exchangeOf = (request: IncomingMessage): Exchange => {
  const exchange = (request as CarriesExchange)[exchangeKey];
  if (exchange === undefined) throw new Error('The request did not come through the gateway.');
  return exchange;
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonOf } from '../protocol/json-text.ts';
import type { ConstantHeaders } from './constant-headers.ts';
import { entityTagOf, matchesEntityTag } from './entity-tag.ts';
import type { Exchange } from './exchange.ts';
import { sendFile } from './file-reply.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { FileReply, OperationReply } from './operation.ts';

/** Replies of at most this many bytes are sent as they are. */
export const compressionThresholdBytes = 1_024;

const jsonType = 'application/json; charset=utf-8';

/** Reads are revalidated each time, so that nobody misses what a write has changed; the rest is never kept. */
const readCaching = 'private, no-cache';
const otherCaching = 'no-store';

export interface ReplySenderOptions {
  constant: ConstantHeaders;
  /** Middleware for the replies that are worth it. */
  compress: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  /** Connections end with the reply while the server drains. */
  lifecycle: Lifecycle;
}

/** The one way out for replies of the gateway. */
export interface ReplySender {
  /** Sends an operation's reply: JSON unless it names another type, with an ETag when it was read. */
  reply(exchange: Exchange, reply: OperationReply): void;
  /** Sends a file, whole or in part; fails before anything is sent, or cuts the connection. */
  file(exchange: Exchange, file: FileReply, headers: OperationReply['headers']): Promise<void>;
  /** Sends a text as it is, without ETag. */
  text(
    exchange: Exchange,
    status: number,
    contentType: string,
    body: string,
    headers?: readonly string[],
  ): void;
  /** Sends a status without a body. */
  empty(exchange: Exchange, status: number, headers?: readonly string[]): void;
  /** Answers a CORS preflight, or any other OPTIONS request. */
  preflight(exchange: Exchange): void;
}

const isRead = (exchange: Exchange): boolean =>
  exchange.request.method === 'GET' || exchange.request.method === 'HEAD';

const flatHeaders = (headers: Record<string, string> | undefined): string[] =>
  headers === undefined ? [] : Object.entries(headers).flat();

/** The headers with some of them replaced. */
const replacing = (headers: readonly string[], own: readonly string[]): string[] => {
  const names = new Set(own.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
  const kept = headers.filter((_, index) => !names.has((headers[index - (index % 2)] ?? '').toLowerCase()));
  return [...kept, ...own];
};

const wantsCompression = (exchange: Exchange, bytes: number): boolean =>
  bytes > compressionThresholdBytes && exchange.request.headers['accept-encoding'] !== undefined;

/**
 * Writes replies with one `writeHead` of constant and own headers. The compression middleware wraps a response
 * at a cost that small replies need not pay, so it is called for large ones only.
 */
export const createReplySender = (options: ReplySenderOptions): ReplySender => {
  const { constant, compress, lifecycle } = options;
  const headersOf = (exchange: Exchange, own: readonly string[]): string[] => {
    const { id, request, rateLimitHeaders } = exchange;
    const headers = constant.reply(request.headers.origin).concat('X-Request-Id', id, rateLimitHeaders, own);
    if (lifecycle.state === 'draining') headers.push('Connection', 'close');
    return headers;
  };

  const empty: ReplySender['empty'] = (exchange, status, own = []) => {
    exchange.response.writeHead(status, headersOf(exchange, own));
    exchange.response.end();
  };

  const compressed = (exchange: Exchange, status: number, headers: readonly string[], body: string): void => {
    const { request, response } = exchange;
    response.statusCode = status;
    for (let index = 0; index < headers.length; index += 2) {
      response.setHeader(headers[index] ?? '', headers[index + 1] ?? '');
    }
    compress(request, response, () => response.end(body));
  };

  const text: ReplySender['text'] = (exchange, status, contentType, body, own = []) => {
    const bytes = Buffer.byteLength(body);
    const headers = headersOf(exchange, own);
    headers.push('Content-Type', contentType, 'Content-Length', String(bytes));
    if (wantsCompression(exchange, bytes)) return compressed(exchange, status, headers, body);
    exchange.response.writeHead(status, headers);
    exchange.response.end(body);
  };

  const read = (exchange: Exchange, contentType: string, body: string, own: string[]): void => {
    const tag = entityTagOf(body);
    own.push('ETag', tag);
    const known = exchange.request.headers['if-none-match'];
    if (known !== undefined && matchesEntityTag(known, tag)) empty(exchange, 304, own);
    else text(exchange, 200, contentType, body, own);
  };

  return {
    text,
    empty,
    file: (exchange, file, headers) =>
      sendFile(exchange, file, flatHeaders(headers), (own) => replacing(headersOf(exchange, []), own)),
    preflight({ request, response, id }) {
      response.writeHead(204, constant.preflight(request.headers.origin).concat('X-Request-Id', id));
      response.end();
    },
    reply(exchange, { status, body, contentType = jsonType, headers }) {
      const own = flatHeaders(headers);
      const content = typeof body === 'string' && contentType !== jsonType ? body : jsonOf(body);
      const caching = headers?.['Cache-Control'];
      if (status === 200 && content !== undefined && isRead(exchange) && caching !== otherCaching) {
        if (caching === undefined) own.push('Cache-Control', readCaching);
        return read(exchange, contentType, content, own);
      }
      if (caching === undefined) own.push('Cache-Control', otherCaching);
      if (content === undefined) return empty(exchange, status, own);
      text(exchange, status, contentType, content, own);
    },
  };
};

import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors/app-error.ts';
import { rangeOf } from './byte-range.ts';
import { matchesEntityTag } from './entity-tag.ts';
import type { Exchange } from './exchange.ts';
import type { FileReply } from './operation.ts';

/** Kept by its reader, and asked about each time: whoever may not read it any more gets no 304 either. */
const fileCaching = 'private, no-cache';

/**
 * A stranger's file must do nothing in the name of this site: whoever opens it gets no script, no form, no frame
 * and an origin of its own (SVG and PDF may hold script).
 */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Opens parts only of the version that the caller has already. */
const wantedRange = ({ request }: Exchange, { size, entityTag }: FileReply) => {
  if (request.method !== 'GET') return undefined;
  const ifRange = request.headers['if-range'];
  if (ifRange !== undefined && ifRange !== entityTag) return undefined;
  return rangeOf(request.headers.range, size);
};

const statusAndRange = (exchange: Exchange, file: FileReply) => {
  const whole = { start: 0, end: file.size - 1 };
  const range = wantedRange(exchange, file);
  if (range === 'unsatisfiable') {
    exchange.failureHeaders = ['Content-Range', `bytes */${file.size}`];
    throw new AppError('range_not_satisfiable', `The file has ${file.size} bytes.`);
  }
  if (range === undefined) return { status: 200, range: whole, headers: [] };
  const { start, end } = range;
  return { status: 206, range, headers: ['Content-Range', `bytes ${start}-${end}/${file.size}`] };
};

/**
 * Sends a file: 304 to who has it, a part to who asks for one (RFC 9110, section 14), else the whole. `headersOf`
 * adds the headers of every reply; those here replace them where both have one. Fails before anything is sent, or
 * else cuts the connection.
 */
export const sendFile = async (
  exchange: Exchange,
  file: FileReply,
  own: readonly string[],
  headersOf: (own: readonly string[]) => string[],
): Promise<void> => {
  const { request, response } = exchange;
  const common = [...own, 'ETag', file.entityTag, 'Cache-Control', fileCaching, 'Accept-Ranges', 'bytes'];
  common.push('Content-Security-Policy', sandbox);
  const known = request.headers['if-none-match'];
  if (known !== undefined && matchesEntityTag(known, file.entityTag)) {
    response.writeHead(304, headersOf(common)).end();
    return;
  }
  const { status, range, headers } = statusAndRange(exchange, file);
  const content = request.method === 'HEAD' ? undefined : await file.open(range);
  const length = String(range.end - range.start + 1);
  const described = [...common, ...headers, 'Content-Type', file.contentType, 'Content-Length', length];
  response.writeHead(status, headersOf(described));
  if (content === undefined) response.end();
  else await pipeline(content, response);
};

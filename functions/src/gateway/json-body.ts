import { isUtf8 } from 'node:buffer';
import { raw } from 'express';
import { AppError } from '../errors/app-error.ts';
import { endOfText } from '../protocol/json-scan.ts';
import type { Exchange, ServerRequest } from './exchange.ts';

/** Objects and lists inside each other; deeper ones overflow the stack of whoever walks through them. */
const maximumNesting = 200;

const jsonContentType = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

const tooLarge = (limitBytes: number): AppError =>
  new AppError('payload_too_large', `The body may have ${limitBytes} bytes.`);

/** JSON is small: whoever sends it slower than this keeps a place on purpose. */
const slowestMs = 60_000;

const malformed = (detail: string): AppError => new AppError('malformed_json', detail);

const quote = 0x22;
/** What a character outside of texts does to the depth: `{` and `[` open, `}` and `]` close. */
const depthChange: Record<number, number> = { 123: 1, 91: 1, 125: -1, 93: -1 };

/** Whether brackets outside of texts nest deeper than allowed. */
const nestsTooDeep = (json: string): boolean => {
  if (json.length <= maximumNesting) return false;
  let depth = 0;
  for (let index = 0; index < json.length && depth <= maximumNesting; index += 1) {
    const character = json.charCodeAt(index);
    if (character === quote) index = endOfText(json, index);
    else depth += depthChange[character] ?? 0;
  }
  return depth > maximumNesting;
};

/** Schemas of records would pass over this name; whatever is not part of a request is named instead. */
const refusePrototype = (key: string, value: unknown): unknown => {
  if (key !== '__proto__') return value;
  throw new AppError('validation_failed', 'Correct what `errors` names and send the request again.', {
    errors: [{ path: key, message: 'Unknown key: it is not part of any request' }],
  });
};

/** Parses a JSON text that came as bytes; AppError `malformed_json` names what is wrong, not the text. */
const parseJson = (bytes: Buffer): unknown => {
  if (!isUtf8(bytes)) throw malformed('The body is not UTF-8.');
  const text = bytes.toString('utf8');
  if (nestsTooDeep(text)) throw malformed(`The body nests deeper than ${maximumNesting} levels.`);
  try {
    return text.includes('__proto__') ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw malformed('The body is not JSON: look for a missing quote, comma or bracket.');
  }
};

/** Collects a body that is not encoded; stops at the limit. */
const collect = (exchange: Exchange, limitBytes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { request } = exchange;
    const tooSlow = () => reject(new AppError('malformed_request', 'The body took too long to arrive.'));
    const timer = setTimeout(tooSlow, slowestMs).unref();
    request.once('close', () => clearTimeout(timer));
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) chunks.push(chunk);
      else reject(tooLarge(limitBytes));
    });
    request.on('end', () => {
      clearTimeout(timer);
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size));
    });
    const endedEarly = () => reject(new AppError('malformed_request', 'The body ended too early.'));
    if (request.destroyed) endedEarly();
    request.on('error', endedEarly);
  });

/** Collects a compressed body through Express's parser, which limits what it unpacks to. */
const collectEncoded = (exchange: Exchange, limitBytes: number): Promise<Buffer> => {
  const parse = raw({ limit: limitBytes, type: () => true });
  const request: ServerRequest & { body?: Buffer } = exchange.request;
  return new Promise((resolve, reject) => {
    parse(request, exchange.response, (error?: unknown) => {
      if (error === undefined) resolve(request.body ?? Buffer.alloc(0));
      else reject(error);
    });
  });
};

const isEmpty = ({ headers }: ServerRequest): boolean =>
  headers['content-length'] === '0' ||
  (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined);

/** Reads the bytes of a body as they were sent, up to the limit; AppError `payload_too_large`. */
export const readRawBody = (exchange: Exchange, limitBytes: number): Promise<Buffer> => {
  const length = exchange.request.headers['content-length'];
  if (length !== undefined && Number(length) > limitBytes) throw tooLarge(limitBytes);
  return isEmpty(exchange.request) ? Promise.resolve(Buffer.alloc(0)) : collect(exchange, limitBytes);
};

/**
 * Reads the JSON body of a request; undefined when there is none. Fails with AppError `payload_too_large`,
 * `unsupported_media_type` or `malformed_json`. Bodies without a content coding take a shorter way than
 * express.json, with the same limits.
 */
export const readJsonBody = async (exchange: Exchange, limitBytes: number): Promise<unknown> => {
  const { headers } = exchange.request;
  const length = headers['content-length'];
  if (isEmpty(exchange.request)) return undefined;
  const contentType = headers['content-type'];
  if (contentType !== 'application/json' && !jsonContentType.test(contentType ?? '')) {
    throw new AppError('unsupported_media_type', 'Send the body as application/json in UTF-8.');
  }
  if (length !== undefined && Number(length) > limitBytes) throw tooLarge(limitBytes);
  const encoding = headers['content-encoding'];
  const plain = encoding === undefined || encoding === 'identity';
  return parseJson(await (plain ? collect(exchange, limitBytes) : collectEncoded(exchange, limitBytes)));
};

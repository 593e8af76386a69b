import { Readable } from 'node:stream';
import { AppError } from '../errors/app-error.ts';
import type { Exchange } from './exchange.ts';

/** A sender that gives nothing for so long is gone. */
const silenceMs = 30_000;
/** How long what a refused sender still sends is passed over, so that it reads the refusal instead of a reset. */
const lingeringMs = 2_000;

const ensureTaken = ({ request }: Exchange, limitBytes: number): void => {
  const { headers } = request;
  if (/^multipart\//i.test(headers['content-type'] ?? '')) {
    throw new AppError(
      'unsupported_media_type',
      'Send the bytes of the file as the body, and its name in the query.',
    );
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new AppError('unsupported_media_type', 'Send the file as it is, not packed.');
  }
  if (Number(headers['content-length'] ?? 0) > limitBytes) {
    throw new AppError('payload_too_large', `The file may have ${limitBytes} bytes.`);
  }
};

/** The chunks of a body; leaving early leaves the request as it is, and silence ends it. */
async function* chunksOf({ request }: Exchange): AsyncGenerator<Buffer> {
  const timer = setTimeout(() => request.destroy(), silenceMs).unref();
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      timer.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The body of a request as a stream, for an operation that takes a file. Refuses by the headers what need not be
 * read: AppError `unsupported_media_type` or `payload_too_large`. The announced type is not believed and may be any.
 * Whoever leaves the stream early leaves the connection open, so that the refusal can be read.
 */
export const openFileBody = (exchange: Exchange, limitBytes: number): Readable => {
  ensureTaken(exchange, limitBytes);
  return Readable.from(chunksOf(exchange), { objectMode: false });
};

/** What a sender meant who went away in the middle; nobody is there to be answered. */
export const bodyFailure = (error: unknown, { request }: Exchange): unknown =>
  request.destroyed && !request.complete && !(error instanceof AppError)
    ? new AppError('malformed_request', 'The body ended too early.', { cause: error })
    : error;

/** Ends the connection of a sender whose body was refused before its end, after it had a chance to read why. */
export const leaveUnread = ({ request, response }: Exchange): void => {
  if (request.complete || request.destroyed) return;
  request.resume();
  response.once('finish', () => {
    if (request.complete) return;
    const timer = setTimeout(() => request.destroy(), lingeringMs).unref();
    request.once('close', () => clearTimeout(timer));
  });
};

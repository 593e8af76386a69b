import { IncomingMessage } from 'node:http';

/** A request as cloud functions get it: somebody has read its body already. */
type FunctionRequest = IncomingMessage & { rawBody?: Buffer };

/**
 * The same request with its body still to be read, as the application wants it. The body comes unpacked, so that
 * it has no content coding any more.
 */
export const readAgain = (request: FunctionRequest): IncomingMessage => {
  const { rawBody } = request;
  if (rawBody === undefined) return request;
  const again = new IncomingMessage(request.socket);
  const { 'content-encoding': _packed, 'transfer-encoding': _chunked, ...headers } = request.headers;
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  Object.assign(again, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  again.headers = { ...headers, 'content-length': String(rawBody.length) };
  again.push(rawBody);
  again.push(null);
  return again;
};

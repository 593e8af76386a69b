import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors/app-error.ts';
import { problemType, toProblem } from './problem.ts';

const details: Record<string, [status: number, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

const isReset = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'ECONNRESET' || error.code === 'EPIPE';

/** Answers on a connection that has no response object, and ends it. */
const endWithProblem = (socket: Duplex, status: number, detail: string): void => {
  const problem = { ...toProblem(new AppError('malformed_request', detail), randomUUID()), status };
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${problemType}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${problem.requestId}\r\n` +
      `Cache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  );
};

/** Answers bytes that are no HTTP request, for which there is no response object, and ends the connection. */
export const answerUnreadable = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (isReset(error) || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = details[error.code ?? ''] ?? [400, 'This is not a valid HTTP request.'];
  endWithProblem(socket, status, detail);
};

/** Addresses whose connections may become sockets. */
const socketPath = '/socket.io/';

/** Answers a request to become a socket at an address that has none; the others are left to who serves them. */
export const refuseUpgrade = ({ url }: IncomingMessage, socket: Duplex): void => {
  if (url?.startsWith(socketPath)) return;
  socket.on('error', () => socket.destroy());
  endWithProblem(socket, 400, 'This address speaks HTTP only: leave the Upgrade header out.');
};

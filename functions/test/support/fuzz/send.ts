import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { BadBytes, BadRequest, ReceivedReply } from './bad-request.ts';

/** Longer than any refusal takes, shorter than a test. */
const patienceMs = 10_000;

/** Sends requests over connections that are kept. */
export const createSender = (url: string, connections: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const send = async ({ method, target, headers, body, chunked }: BadRequest): Promise<ReceivedReply> => {
    const length = body === undefined || chunked ? {} : { 'content-length': String(body.length) };
    const outgoing = request({
      agent,
      hostname,
      port,
      method,
      path: target,
      headers: { ...headers, ...length },
      timeout: patienceMs,
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no reply')));
    outgoing.end(body);
    const [incoming] = await once(outgoing, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    return {
      status: incoming.statusCode,
      headers: incoming.headers,
      text: Buffer.concat(chunks).toString('utf8'),
    };
  };
  return { send, close: () => agent.destroy() };
};

/** The final reply in what came, passing over interim ones; undefined while it is not whole. */
const parsed = (text: string): ReceivedReply | undefined => {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  if (status < 200) return parsed(text.slice(headEnd + 4));
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const length = Number(headers['content-length'] ?? 0);
  const body = Buffer.from(text.slice(headEnd + 4), 'latin1').subarray(0, length);
  if (body.length < length) return undefined;
  return { status, headers, text: body.toString('utf8') };
};

/** Writes bytes to a connection of their own and reads the first reply. */
export const sendBytes = async (url: string, { bytes }: BadBytes): Promise<ReceivedReply> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('no reply')));
  socket.write(bytes);
  let text = '';
  try {
    for await (const chunk of socket) {
      text += Buffer.from(chunk).toString('latin1');
      const reply = parsed(text);
      if (reply !== undefined) return reply;
    }
  } finally {
    socket.destroy();
  }
  throw new Error(`the connection ended without a whole reply: ${JSON.stringify(text.slice(0, 300))}`);
};

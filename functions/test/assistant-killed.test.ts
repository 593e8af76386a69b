import { io, type Socket } from 'socket.io-client';
import { expect, it } from 'vitest';
import type { SessionLogEntry } from '../src/ports/records.ts';
import { sessionSchema } from '../src/protocol/sessions.ts';
import { answerOperation } from '../src/support/sessions/assistant-writer.ts';
import { makeFolder } from '../src/testing/make-folder.ts';
import { next } from '../src/testing/next-event.ts';
import { type Crew, openCrew, signingKey } from './support/crew.ts';
import { type ServerProcess, startServerProcess } from './support/processes.ts';
import { apiOf, bodyOf } from './support/server.ts';

const kills = 2;
const messagesAtOnce = 8;

const connect = async (url: string, token: string, sessionId: string): Promise<Socket> => {
  const socket = io(url, { auth: { token }, reconnection: false, forceNew: true });
  expect(await socket.emitWithAck('session:join', { sessionId })).toMatchObject({ ok: true });
  return socket;
};

/** Sends messages at once and kills the server as soon as the first is acknowledged; gives those that were. */
const talkUntilKilled = async (server: ServerProcess, socket: Socket): Promise<number[]> => {
  const acknowledged: number[] = [];
  const gone = next(socket, 'disconnect');
  const first = new Promise<void>((resolve) => {
    for (let index = 0; index < messagesAtOnce; index += 1) {
      socket.emit('chat:message', { body: 'Thank you!' }, (ack: { ok: boolean; seq: number }) => {
        if (ack.ok) acknowledged.push(ack.seq);
        resolve();
      });
    }
  });
  await first;
  await server.end('SIGKILL');
  await gone;
  return acknowledged;
};

const logOf = async ({ store }: Crew, sessionId: string): Promise<SessionLogEntry[]> => {
  const where = [{ field: 'sessionId', operator: '==', value: sessionId }] as const;
  return (await store.list('sessionLog', { where, orderBy: 'seq', direction: 'ascending', limit: 200 }))
    .items;
};

it('[RT15] a server that is killed while it answers answers every message once', async () => {
  const settings = { DATA_DIR: await makeFolder(), DEMO: '0', AUTH_SIGNING_KEY: signingKey };
  let server = await startServerProcess(settings);
  const crew = await openCrew({ url: server.url, place: settings });
  const [customer] = await crew.customers(1);
  if (customer === undefined) throw new Error('a customer was asked for');
  const issue = 'How much bleed does a flyer need?';
  const opened = await customer.api('POST', '/api/v1/sessions', { issue, type: 'ai-chatbot' });
  const { id } = bodyOf(opened, sessionSchema);
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const socket = await connect(server.url, customer.token, id);
    acknowledged.push(...(await talkUntilKilled(server, socket)));
    server = await startServerProcess(settings);
  }
  const isOwed = (log: readonly SessionLogEntry[]) => {
    const answers = new Set(log.map(({ operation }) => operation));
    return log
      .filter(({ authorId, kind }) => authorId === customer.uid && kind === 'message')
      .filter(({ seq }) => !answers.has(answerOperation({ sessionId: id, seq })));
  };
  await expect.poll(async () => isOwed(await logOf(crew, id)), { timeout: 20_000 }).toEqual([]);
  const log = await logOf(crew, id);
  const asked = log.filter(({ authorId }) => authorId === customer.uid);
  expect(log.filter(({ authorId }) => authorId === 'assistant')).toHaveLength(asked.length);
  expect(asked.map(({ seq }) => seq)).toEqual(expect.arrayContaining(acknowledged));
  expect(acknowledged.length).toBeGreaterThanOrEqual(kills);
  expect((await apiOf(server.url, customer.token)('GET', `/api/v1/sessions/${id}`)).status).toBe(200);
  await server.end('SIGTERM');
  await crew.close();
}, 60_000);

import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { messagePageSchema } from '../src/protocol/messages.ts';
import type { DurableEvent } from '../src/protocol/realtime.ts';
import { type Api, bodyOf, signIn, startTestServer, type TestServer, tokenOf } from './support/server.ts';

const idOf = z.object({ id: z.string() });

type Message = DurableEvent<'chat:message'>;

describe('the assistant of a whole server', () => {
  let server: TestServer;
  let customer: Api;
  let token: string;
  const open = new Set<Socket>();

  const openChat = async (issue: string): Promise<string> => {
    const reply = await customer('POST', '/api/v1/sessions', { issue, type: 'ai-chatbot' });
    return bodyOf(reply, idOf).id;
  };

  const join = async (sessionId: string) => {
    const socket = io(server.url, { auth: { token }, reconnection: false, forceNew: true });
    open.add(socket);
    const messages: Message[] = [];
    socket.on('chat:message', (message: Message) => messages.push(message));
    const joined = await socket.emitWithAck('session:join', { sessionId });
    messages.unshift(...joined.messages.map(({ payload }: { payload: Message }) => payload));
    return { socket, answers: () => messages.filter(({ by }) => by === 'assistant') };
  };

  beforeAll(async () => {
    server = await startTestServer();
    token = await tokenOf(server.url, 'customer@demo.local');
    customer = await signIn(server.url, 'customer@demo.local');
  });
  afterEach(() => {
    for (const socket of open) socket.disconnect();
    open.clear();
  });
  afterAll(() => server.close());

  it('[RT13] answers the issue and each message in the room, with sources, and over HTTP the same is read', async () => {
    const id = await openChat('How much bleed does a flyer need?');
    const { socket, answers } = await join(id);
    await expect.poll(() => answers().length).toBe(1);
    const ack = await socket.emitWithAck('chat:message', { body: 'How do I embed fonts in InDesign?' });
    expect(ack).toMatchObject({ ok: true });
    await expect.poll(() => answers().length).toBe(2);
    expect(answers()[0]).toMatchObject({ sources: [{ articleId: 'set-up-bleed', revision: 1 }] });
    expect(answers()[1]?.seq).toBe(ack.seq + 1);
    const read = bodyOf(await customer('GET', `/api/v1/sessions/${id}/messages`), messagePageSchema);
    expect(read.items.map(({ authorId }) => authorId)).toEqual([
      'assistant',
      'customer',
      'assistant',
      'customer',
    ]);
    expect(read.items[0]?.body).toBe(answers()[1]?.body);
    expect(read.items[0]?.sources).toEqual(answers()[1]?.sources);
  });

  it('[RT13] hands over when asked: the room reads why, the session waits for a person and gets one', async () => {
    const id = await openChat('How much bleed does a flyer need?');
    const { socket, answers } = await join(id);
    const updates: string[] = [];
    socket.on('session:updated', ({ sessionId, status }) => sessionId === id && updates.push(status));
    const assigned = new Promise<{ sessionId: string }>((resolve) => {
      socket.on('session:assigned', (news) => news.sessionId === id && resolve(news));
    });
    await socket.emitWithAck('chat:message', { body: 'Please let me talk to a real person.' });
    await expect.poll(() => answers().some(({ handover }) => handover !== undefined)).toBe(true);
    expect(answers().at(-1)).toMatchObject({ handover: { reason: 'asked', channel: expect.any(String) } });
    expect(await assigned).toMatchObject({ sessionId: id, agentId: expect.stringMatching(/^agent/) });
    await expect.poll(() => updates).toEqual(['queued', 'active']);
  });

  it('[RT13] what was asked before a restart is answered after it, once', async () => {
    const other = await startTestServer();
    const api = await signIn(other.url, 'customer@demo.local');
    const opened = await api('POST', '/api/v1/sessions', {
      issue: 'How much bleed does a flyer need?',
      type: 'ai-chatbot',
    });
    const { id } = bodyOf(opened, idOf);
    const answersNow = async (from: Api) =>
      bodyOf(await from('GET', `/api/v1/sessions/${id}/messages`), messagePageSchema).items.filter(
        ({ authorId }) => authorId === 'assistant',
      ).length;
    await other.stop();
    const again = await startTestServer({ DATA_DIR: other.dataDir });
    const after = await signIn(again.url, 'customer@demo.local');
    await expect.poll(() => answersNow(after)).toBe(1);
    await again.close();
  });
});

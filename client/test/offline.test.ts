import { expect, it } from 'vitest';
import { startTestServer } from '../../functions/test/support/server.ts';
import { type Connect, createSessionClient, type Phase, socketTransport } from '../src/index.ts';
import { liveRoomSettings, openLiveRooms, until } from './support/live-room.ts';
import { createManualSurroundings, type ManualSurroundings } from './support/manual-surroundings.ts';

const queued = 200;
const offlineMs = 30_000;

/** Lets the client's time pass as fast as real time, in which the server's answers come, until something is so. */
const passUntil = async (surroundings: ManualSurroundings, isSo: () => boolean): Promise<void> => {
  for (let lookedAt = performance.now(); !isSo(); ) {
    const lookedBefore = lookedAt;
    lookedAt = performance.now();
    await surroundings.advance(lookedAt - lookedBefore);
  }
};

it('[RT3] [RT4] [RT10] 200 operations of 30 s offline arrive in order, each once, and so does what others did', async () => {
  const server = await startTestServer(liveRoomSettings);
  const rooms = await openLiveRooms(server, 1);
  const [sessionId = ''] = rooms.sessionIds;
  const [{ customer: token, agent: otherToken } = { customer: '', agent: '' }] = rooms.tokens;
  const { url } = server;
  const real = socketTransport(url);
  let isOffline = false;
  let goOffline = () => {};
  const connect: Connect = (handshake, listener) => {
    if (isOffline) {
      queueMicrotask(() => listener.closed());
      return { send: () => {}, close: () => {} };
    }
    const link = real(handshake, listener);
    goOffline = () => {
      isOffline = true;
      link.close();
      listener.closed();
    };
    return link;
  };
  const surroundings = createManualSurroundings();
  const client = createSessionClient({ url, sessionId, token, connect, surroundings });
  const other = createSessionClient({ url, sessionId, token: otherToken });
  try {
    await Promise.all([client.start(), other.start()]);
    await Promise.all([client, other].map((one) => until(one, (_view, phase) => phase === 'joined')));
    goOffline();
    const startedAt = surroundings.now();
    const phases = new Set<Phase>();
    client.on('phase', (phase) => phases.add(phase));
    const operations = Array.from({ length: queued }, (_one, index) =>
      client.perform('annotation:add', { type: 'text', data: { text: `offline ${index}` } }),
    );
    await other.perform('chat:message', { body: 'are you there?' }).answer;
    await surroundings.advance(offlineMs);
    expect(surroundings.now() - startedAt).toBe(offlineMs);
    expect([...phases].sort()).toEqual(['connecting', 'waiting']);
    expect(client.view.pending).toHaveLength(queued);
    isOffline = false;
    client.retryNow();
    await passUntil(surroundings, () => client.view.pending.length === 0);
    const wanted = operations.map(({ opId }) => opId);
    const answers = await Promise.all(operations.map(({ answer }) => answer));
    expect(answers.map((answer) => answer.ok && answer.opId)).toEqual(wanted);
    const seqs = answers.map((answer) => (answer.ok ? answer.seq : 0));
    expect(seqs).toEqual(seqs.map((_seq, index) => index + 2));
    const stored = await rooms.entries(sessionId);
    expect(stored.slice(1).map(({ subjectId }) => subjectId)).toEqual(wanted);
    await until(other, ({ position }) => position?.seq === queued + 1);
    await until(client, ({ position }) => position?.seq === queued + 1);
    expect(client.view.annotations).toEqual(other.view.annotations);
    expect(client.view.annotations.map(({ id }) => id)).toEqual(wanted);
    expect(client.view.messages).toEqual(other.view.messages);
  } finally {
    client.close();
    other.close();
    await rooms.close();
    await server.close();
  }
}, 60_000);

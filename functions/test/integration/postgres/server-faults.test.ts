import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { routeReplySchema } from '../../../src/protocol/support.ts';
import { makeFolder } from '../../../src/testing/make-folder.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';
import { startServerProcess } from '../../support/processes.ts';
import { openRecords } from '../../support/records-place.ts';
import { type Api, apiOf, bodyOf, tokenOf } from '../../support/server.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster();
});
afterAll(() => cluster.dispose());

const sessionId = 'session-123';

const ackSchema = z.union([
  z.object({ ok: z.literal(true), id: z.string(), seq: z.number() }),
  z.object({ ok: z.literal(false), code: z.string() }),
]);

const openShop = async () => {
  const place = { DATA_DIR: await makeFolder(), DATABASE_URL: await cluster.freshUrl() };
  const limits = {
    RATE_LIMIT_MAX: '1000000000',
    SOCKET_OPERATION_RATE: '100000',
    SOCKET_OPERATION_BURST: '100000',
  };
  const server = await startServerProcess({ ...place, ...limits, DEMO: '1' });
  const token = await tokenOf(server.url, 'customer@demo.local');
  const socket = io(server.url, { auth: { token }, reconnection: false, transports: ['websocket'] });
  onTestFinished(() => void socket.disconnect());
  let left = 0;
  socket.on('disconnect', () => {
    left += 1;
  });
  expect(await socket.emitWithAck('session:join', { sessionId })).toMatchObject({ ok: true });
  return { place, server, socket, api: apiOf(server.url, token), timesLeft: () => left };
};

/** Draws one stroke after the other and sends each again until it is acknowledged, as the client library does. */
const draw = async (socket: Socket, isOver: () => boolean) => {
  const acknowledged = new Map<string, number>();
  const refusals = new Set<string>();
  for (let turn = 0; !isOver(); turn += 1) {
    const stroke = { opId: `op-${turn}`, type: 'stamp', data: { name: `${turn}` } };
    for (;;) {
      const ack = ackSchema.parse(await socket.emitWithAck('annotation:add', stroke));
      if (ack.ok) acknowledged.set(ack.id, ack.seq);
      else refusals.add(ack.code);
      if (ack.ok || isOver()) break;
    }
  }
  return { acknowledged, refusals };
};

/** Asks for recommendations all the time; gives the decisions that were told, and what else was answered. */
const ask = async (api: Api, isOver: () => boolean) => {
  const decisions = new Set<string>();
  const refused: { status: number; retryAfter: string | null }[] = [];
  for (let turn = 0; !isOver(); turn += 1) {
    const reply = await api('POST', '/api/v1/support/route', { issue: `Where is order number ${turn}?` });
    if (reply.status === 200) decisions.add(bodyOf(reply, routeReplySchema).decisionId);
    else refused.push({ status: reply.status, retryAfter: reply.headers.get('retry-after') });
  }
  return { decisions, refused };
};

const statusOf = async (api: Api): Promise<unknown> =>
  z.object({ status: z.string() }).parse((await api('GET', '/health')).body).status;

describe('a server whose PostgreSQL fails', () => {
  for (const how of ['fast', 'immediate'] as const) {
    it(`[FA] loses and doubles nothing acknowledged over a restart (${how}), answers 503 meanwhile, keeps sockets, heals`, async () => {
      const { place, server, socket, api, timesLeft } = await openShop();
      let over = false;
      const drawing = draw(socket, () => over);
      const asking = [1, 2, 3, 4].map(() => ask(api, () => over));
      const drawn = async (): Promise<number> => {
        const { body } = await api('GET', `/api/v1/annotations/${sessionId}`);
        return z.object({ head: z.number() }).parse(body).head;
      };
      const before = await drawn();
      await expect.poll(drawn, { timeout: 20_000 }).toBeGreaterThan(before + 20);
      await cluster.stop(how);
      await expect.poll(() => statusOf(api), { timeout: 20_000 }).toBe('degraded');
      const refused = await api('GET', `/api/v1/annotations/${sessionId}`);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
      await cluster.start();
      await expect.poll(() => statusOf(api), { timeout: 20_000 }).toBe('healthy');
      const healed = await drawn();
      await expect.poll(drawn, { timeout: 20_000 }).toBeGreaterThan(healed + 5);
      over = true;

      const { acknowledged, refusals } = await drawing;
      const asked = await Promise.all(asking);
      expect([...refusals]).toEqual(['unavailable']);
      const others = asked.flatMap(({ refused: replies }) => replies);
      expect(others.length).toBeGreaterThan(0);
      for (const reply of others) expect(reply).toEqual({ status: 503, retryAfter: expect.any(String) });
      expect(timesLeft()).toBe(0);

      const store = await openRecords(place);
      const snapshot = await store.log.snapshot(sessionId, 0);
      const kept = new Map(snapshot?.annotations.map(({ id, seq }) => [id, seq]));
      for (const [id, seq] of acknowledged) expect(kept.get(id)).toBe(seq);
      const names = snapshot?.annotations.map(({ data }) => JSON.stringify(data)) ?? [];
      const stamps = names.filter((name) => /^\{"name":"\d+"\}$/.test(name));
      expect(new Set(stamps).size).toBe(stamps.length);
      for (const id of asked.flatMap(({ decisions }) => [...decisions])) {
        expect(await store.get('routingDecisions', id), id).toBeDefined();
      }
      await store.close();
      expect(await server.end('SIGTERM')).toMatchObject({ code: 0 });
    });
  }

  it('[FA] answers 503 when it stands still, keeps sockets, and goes on when it does', async () => {
    const { server, socket, api, timesLeft } = await openShop();
    await cluster.pause();
    onTestFinished(() => cluster.resume().catch(() => undefined));
    const replies = await Promise.all([
      api('GET', `/api/v1/annotations/${sessionId}`),
      api('GET', '/api/v1/sessions'),
      api('POST', '/api/v1/support/route', { issue: 'Where is my order?' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(await statusOf(api)).toBe('degraded');
    const stamp = { opId: 'op-1', type: 'stamp', data: { name: 'late' } };
    expect(await socket.emitWithAck('annotation:add', stamp)).toMatchObject({
      ok: false,
      code: 'unavailable',
    });
    await cluster.resume();
    await expect.poll(() => statusOf(api), { timeout: 20_000 }).toBe('healthy');
    expect(await socket.emitWithAck('annotation:add', stamp)).toMatchObject({ ok: true });
    expect((await api('GET', '/api/v1/sessions')).status).toBe(200);
    expect(timesLeft()).toBe(0);
    await server.end('SIGTERM');
  });

  it('[HT7] a server stops as told while its database is gone', async () => {
    const { server, api } = await openShop();
    await cluster.stop();
    onTestFinished(() => cluster.start());
    expect((await api('GET', '/api/v1/sessions')).status).toBe(503);
    expect(await server.end('SIGTERM')).toMatchObject({ code: 0 });
  });
});

import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { apiOf } from '../../../functions/test/support/server.ts';
import { type Adder, addOn, expectExactlyOnce, startAdders } from '../support/adders.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { until } from '../support/live-room.ts';

/** A hand draws no faster; without it a session would meet the limit of its annotations. */
const betweenAddsMs = 100;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * The status of one request on a connection of its own: nginx closes idle connections when its list of nodes
 * changes, and a request that is just being sent on one of them would be the client's to repeat.
 */
const askOnce = (url: string, token: string, method: string, path: string, body = ''): Promise<unknown> =>
  new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asked = request(`${url}${path}`, { method, headers, agent: false }, (reply) => {
      reply.resume().on('end', () => resolve(reply.statusCode));
    });
    asked.on('error', resolve).end(body);
  });

/** Milliseconds that each client was away for, as often as it was. */
const watchAbsences = (adders: readonly Adder[]): number[] => {
  const absences: number[] = [];
  for (const { client } of adders) {
    let leftAt: number | undefined;
    client.on('changed', () => {
      if (client.phase === 'joined' && leftAt !== undefined) {
        absences.push(performance.now() - leftAt);
        leftAt = undefined;
      } else if (client.phase !== 'joined') leftAt ??= performance.now();
    });
  }
  return absences;
};

describe('two nodes behind nginx, on PostgreSQL and Redis', () => {
  let adders: Adder[] = [];
  afterEach(() => {
    for (const { client } of adders.splice(0)) client.close();
  });

  /** Has everybody add until the work is done, and sees that all of it is there once, in one order everywhere. */
  const addDuring = async (
    { rooms }: Cluster,
    work: (answers: (count: number) => Promise<void>) => Promise<void>,
  ) => {
    let isOver = false;
    let count = 0;
    let look = () => {};
    const adding = adders.map((adder) =>
      addOn(
        adder,
        () => isOver,
        () => {
          count += 1;
          look();
          return pause(betweenAddsMs);
        },
      ),
    );
    const answers = (further: number): Promise<void> => {
      const wanted = count + further;
      return new Promise((resolve) => {
        look = () => {
          if (count >= wanted) resolve();
        };
      });
    };
    await work(answers).finally(() => {
      isOver = true;
    });
    await Promise.all(adding);
    for (const adder of adders) await expectExactlyOnce(adder, rooms);
    return count;
  };

  it('[RT12] [FA] 200 clients in 20 sessions, one node killed: nothing acknowledged is lost or doubled, all come back', async () => {
    const cluster = await startCluster(20);
    adders = await startAdders(cluster.url, cluster.rooms, { customer: 5, agent: 5 });
    const absences = watchAbsences(adders);
    const count = await addDuring(cluster, async (answers) => {
      await answers(1_000);
      await cluster.node(0).end('SIGKILL');
      await answers(1_000);
      await Promise.all(adders.map(({ client }) => until(client, (_view, phase) => phase === 'joined')));
    });
    expect(absences.length).toBeGreaterThan(0);
    console.log(
      `${count} annotations acknowledged, each there once; ${absences.length} clients moved, back after ` +
        `${Math.round(median(absences))} ms (median), ${Math.round(Math.max(...absences))} ms (longest)`,
    );
  });

  it('[HT7] [RT12] a rolling restart under load fails no request and loses nothing', async () => {
    const cluster = await startCluster(4);
    adders = await startAdders(cluster.url, cluster.rooms, { customer: 3, agent: 2 });
    let isOver = false;
    const failures: unknown[] = [];
    let requests = 0;
    const ask = async (token: string): Promise<void> => {
      while (!isOver) {
        const issue = JSON.stringify({ issue: 'Need help with bleed settings' });
        const statuses = [
          await askOnce(cluster.url, token, 'GET', '/api/v1/me'),
          await askOnce(cluster.url, token, 'POST', '/api/v1/support/route', issue),
        ];
        requests += statuses.length;
        failures.push(...statuses.filter((status) => status !== 200));
      }
    };
    const asking = cluster.rooms.tokens.map(({ customer }) => ask(customer));
    const count = await addDuring(cluster, async (answers) => {
      await answers(200);
      for (const node of [0, 1]) {
        await cluster.nginx.without(node);
        expect(await cluster.node(node).end('SIGTERM')).toMatchObject({ code: 0 });
        await cluster.restart(node);
        await cluster.nginx.without(undefined);
        await answers(200);
      }
      isOver = true;
    });
    await Promise.all(asking);
    expect(failures).toEqual([]);
    console.log(`${requests} requests and ${count} annotations over two restarts, none failed`);
  });

  it('[FA] a Redis that stands still or is gone holds nobody up, and is used again', async () => {
    const cluster = await startCluster(4);
    adders = await startAdders(cluster.url, cluster.rooms, { customer: 2, agent: 1 });
    const { customer = '' } = cluster.rooms.tokens[0] ?? {};
    const api = apiOf(cluster.url, customer);
    const longest = { ms: 0 };
    const askDuring = async (milliseconds: number): Promise<void> => {
      const until = performance.now() + milliseconds;
      while (performance.now() < until) {
        const askedAt = performance.now();
        expect((await api('POST', '/api/v1/support/route', { issue: 'Where is my order?' })).status).toBe(
          200,
        );
        longest.ms = Math.max(longest.ms, performance.now() - askedAt);
      }
    };
    const health = async () => (await apiOf(cluster.node(0).url)('GET', '/health')).body;
    const count = await addDuring(cluster, async (answers) => {
      cluster.redis.pause();
      await askDuring(10_000);
      expect(await health()).toMatchObject({ status: 'degraded' });
      await answers(50);
      cluster.redis.resume();
      await cluster.redis.stop();
      await askDuring(30_000);
      await answers(50);
      await cluster.redis.start();
      await expect.poll(health).toMatchObject({ status: 'healthy' });
    });
    console.log(`${count} annotations; without Redis the slowest request took ${Math.round(longest.ms)} ms`);
  });

  it('[FA] the order holds when the clock of one node is ten minutes ahead', async () => {
    const ahead = 'const real = Date.now; Date.now = () => real() + 600_000;';
    const cluster = await startCluster(1, [
      [],
      ['--import', `data:text/javascript,${encodeURIComponent(ahead)}`],
    ]);
    const [sessionId = ''] = cluster.rooms.sessionIds;
    const { customer = '', agent = '' } = cluster.rooms.tokens[0] ?? {};
    const [one, two] = [
      io(cluster.node(0).url, { auth: { token: customer }, transports: ['websocket'] }),
      io(cluster.node(1).url, { auth: { token: agent }, transports: ['websocket'] }),
    ];
    const seqs: number[][] = [[], []];
    for (const [index, socket] of [one, two].entries()) {
      await socket.emitWithAck('session:join', { sessionId });
      socket.on('annotation:added', ({ seq }: { seq: number }) => seqs[index]?.push(seq));
    }
    const stamp = { sessionId, type: 'stamp', data: { name: 'ok' } };
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.all([one, two].map((socket) => socket.emitWithAck('annotation:add', stamp)));
    }
    const all = Array.from({ length: 40 }, (_, index) => index + 1);
    await expect.poll(() => seqs).toEqual([all, all]);
    const { participants } = await one.emitWithAck('session:join', { sessionId });
    expect(participants).toHaveLength(2);
    for (const socket of [one, two]) socket.disconnect();
  });
});

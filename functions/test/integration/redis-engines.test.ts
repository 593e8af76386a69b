import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryRateLimits } from '../../src/engines/memory/memory-rate-limits.ts';
import { createRedisCache } from '../../src/engines/redis/redis-cache.ts';
import { openRedis, type RedisConnection } from '../../src/engines/redis/redis-connection.ts';
import { createRedisRateLimits } from '../../src/engines/redis/redis-rate-limits.ts';
import { createRedisRelay } from '../../src/engines/redis/redis-relay.ts';
import { describeCache } from '../../src/ports/cache.contract.ts';
import { describeRateLimits } from '../../src/ports/rate-limits.contract.ts';
import { describeRelay } from '../../src/ports/relay.contract.ts';
import type { Relay } from '../../src/ports/relay.ts';
import { createManualClock } from '../../src/testing/manual-clock.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined };

let server: RedisServer;
const opened: RedisConnection[] = [];

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(async () => {
  await Promise.all(opened.map((redis) => redis.close()));
  await server.close();
});

const connect = async (database = 0): Promise<RedisConnection> => {
  const redis = await openRedis({ url: `${server.url}/${database}`, logger: silent });
  opened.push(redis);
  return redis;
};

const emptied = async (): Promise<RedisConnection> => {
  const redis = await connect();
  await redis.run((client) => client.flushAll());
  return redis;
};

const clock = createManualClock();

/** Time passes for keys of Redis by shortening what they have left to live. */
const age = async (redis: RedisConnection, milliseconds: number): Promise<void> => {
  clock.advance(milliseconds);
  await redis.run(async (client) => {
    for (const key of await client.keys(`${redis.prefix}*`)) {
      await client.pExpire(key, Math.max(0, (await client.pTTL(key)) - milliseconds));
    }
  });
};

describeCache('redis', async () => {
  const redis = await emptied();
  return {
    cache: createRedisCache({ redis, clock }),
    otherNode: createRedisCache({ redis: await connect(), clock }),
    advance: (milliseconds) => age(redis, milliseconds),
  };
});

describeRateLimits('redis', async () => {
  const redis = await emptied();
  const limitsOf = (connection: RedisConnection) =>
    createRedisRateLimits({ redis: connection, meanwhile: createMemoryRateLimits({ clock }) });
  return {
    limits: limitsOf(redis),
    otherNode: limitsOf(await connect()),
    advance: (milliseconds) => age(redis, milliseconds),
  };
});

let markers = 0;

/** Whatever was subscribed before is in force once a marker comes through, and what was published was delivered. */
const seen = async (from: Relay, to: Relay): Promise<void> => {
  markers += 1;
  const topic = `marker:${markers}`;
  await new Promise<void>((resolve) => {
    const stop = to.subscribe(topic, () => {
      clearInterval(again);
      stop();
      resolve();
    });
    const again = setInterval(() => from.publish(topic, {}), 5);
  });
};

const settleAll = async (relays: readonly Relay[]): Promise<void> => {
  const pairs = relays.flatMap((from) => relays.filter((to) => to !== from).map((to) => [from, to] as const));
  await Promise.all(pairs.map(([from, to]) => seen(from, to)));
};

describeRelay('redis', async () => {
  const [first, second, third, stranger] = await Promise.all([connect(), connect(), connect(), connect(1)]);
  const relays = [createRedisRelay(first), createRedisRelay(second), createRedisRelay(third)] as const;
  const open = new Set<Relay>(relays);
  for (const relay of relays) {
    const close = relay.close;
    relay.close = () => {
      open.delete(relay);
      return close();
    };
  }
  return { relays, stranger: createRedisRelay(stranger), settle: () => settleAll([...open]) };
});

describe('redis that refuses', () => {
  const open = async () => {
    const own = await startRedisServer();
    const said: string[] = [];
    const say = (level: string) => (_details: object, text: string) => void said.push(`${level}: ${text}`);
    const logger = { error: say('error'), warn: say('warn'), info: say('info') };
    const connectOwn = () => openRedis({ url: own.url, logger, probeEveryMs: 10, restMs: 50 });
    const redis = await connectOwn();
    const operator = createClient({ url: own.url });
    await operator.connect();
    onTestFinished(async () => {
      operator.destroy();
      await redis.close();
      await own.close();
    });
    return { redis, operator, said, connectOwn };
  };
  const unavailable = { code: 'unavailable' };

  it.each([
    ['maxmemory', '1', '0', /memory is full: raise maxmemory/],
    ['min-replicas-to-write', '1', '0', /too few replicas/],
  ])(
    '[FA] operators are told once what to do about %s, and it is used again after it',
    async (name, bad, good, what) => {
      const { redis, operator, said } = await open();
      const write = () => redis.run((client) => client.multi().incr('count').pExpire('count', 60_000).exec());
      await operator.configSet(name, bad);
      await expect(write()).rejects.toMatchObject(unavailable);
      await expect(write()).rejects.toMatchObject(unavailable);
      // Each look is a write that is refused again.
      const refusedWrites = async () =>
        /errorstat_(?:OOM|NOREPLICAS):count=(\d+)/.exec(await operator.info('errorstats'))?.[1];
      await expect.poll(async () => Number(await refusedWrites())).toBeGreaterThan(10);
      expect(redis.healthy()).toBe(false);
      expect(said).toEqual(['info: Redis answers', expect.stringMatching(what)]);
      await operator.configSet(name, good);
      await expect.poll(() => redis.healthy()).toBe(true);
      expect(said.slice(2)).toEqual(['info: Redis answers']);
      expect(await write()).toEqual([1, 1]);
    },
  );

  it('[FA] a replica is no Redis to write to, also at the start', async () => {
    const { redis, operator, said, connectOwn } = await open();
    await operator.sendCommand(['REPLICAOF', '127.0.0.1', '1']);
    const late = await connectOwn();
    expect(late.healthy()).toBe(false);
    await expect(redis.run((client) => client.set('a', 'b'))).rejects.toMatchObject(unavailable);
    expect(said.slice(1)).toEqual(
      Array(2).fill(expect.stringMatching(/^warn: .+name the primary in REDIS_URL/)),
    );
    await late.close();
  });

  it('[RT12] servers stay joined while Redis keeps nothing new', async () => {
    const { redis, operator, connectOwn } = await open();
    const other = await connectOwn();
    const [from, to] = [createRedisRelay(redis), createRedisRelay(other)];
    const heard: unknown[] = [];
    to.subscribe('room:1', (message) => heard.push(message));
    await settleAll([from, to]);
    await operator.configSet('maxmemory', '1');
    await expect(redis.run((client) => client.set('a', 'b'))).rejects.toMatchObject(unavailable);
    from.publish('room:1', 'heard');
    await expect.poll(() => heard).toEqual(['heard']);
    await other.close();
  });

  it('[FA] a command that it does not take is a fault, which is said and harms nothing else', async () => {
    const { redis, said } = await open();
    await redis.run((client) => client.set('text', 'x'));
    for (let time = 0; time < 2; time += 1) {
      await expect(redis.run((client) => client.lPush('text', 'y'))).rejects.toMatchObject(unavailable);
    }
    await expect(redis.run((client) => client.multi().incr('text').exec())).rejects.toMatchObject(
      unavailable,
    );
    expect(redis.healthy()).toBe(true);
    const fault = (code: string) => expect.stringContaining(`error: Redis did not take a command (${code})`);
    expect(said.slice(1)).toEqual([fault('WRONGTYPE'), fault('ERR')]);
  });

  it('[FA] a missing password is said by its name', async () => {
    const { operator, said, connectOwn } = await open();
    await operator.configSet('requirepass', 'secret');
    const late = await connectOwn();
    expect(late.healthy()).toBe(false);
    expect(said.at(-1)).toMatch(/^warn: Redis refuses: it wants a password: name it in REDIS_URL/);
    await late.close();
  });
});

describe('redis that comes and goes', () => {
  const startOwn = async () => {
    const own = await startRedisServer();
    onTestFinished(own.close);
    const open = async () => {
      const redis = await openRedis({ url: own.url, logger: silent, commandMs: 100, probeEveryMs: 50 });
      onTestFinished(() => redis.close());
      return redis;
    };
    return { own, open };
  };
  const healthy = (redis: RedisConnection, wanted: boolean) =>
    vi.waitFor(() => expect(redis.healthy()).toBe(wanted), { timeout: 10_000 });
  const failed = (redis: RedisConnection) =>
    expect(redis.run((client) => client.get('key'))).rejects.toMatchObject({ code: 'unavailable' });

  it('[FA] nobody waits for a Redis that stands still, and it is used again when it goes on', async () => {
    const { own, open } = await startOwn();
    const redis = await open();
    own.pause();
    await failed(redis);
    expect(redis.healthy()).toBe(false);
    await failed(redis);
    own.resume();
    await healthy(redis, true);
    expect(await redis.run((client) => client.get('key'))).toBeNull();
  });

  it('[EN5] a Redis that is not there at the start is used when it comes', async () => {
    const { own, open } = await startOwn();
    await own.stop();
    const redis = await open();
    await failed(redis);
    await own.start();
    await healthy(redis, true);
  });

  it('[RT12] a relay works again after a restart, and those who listen hear of the gap', async () => {
    const { own, open } = await startOwn();
    const [first, second] = [await open(), await open()];
    const [from, to] = [createRedisRelay(first), createRedisRelay(second)];
    const gap = vi.fn();
    to.onGap(gap);
    const heard: unknown[] = [];
    to.subscribe('room:1', (message) => heard.push(message));
    await own.stop();
    await Promise.all([healthy(first, false), healthy(second, false)]);
    from.publish('room:1', 'missed');
    await own.start();
    await Promise.all([healthy(first, true), healthy(second, true)]);
    expect(gap).toHaveBeenCalledTimes(1);
    await settleAll([from, to]);
    from.publish('room:1', 'heard');
    await settleAll([from, to]);
    expect(heard).toEqual(['heard']);
  });

  it('[HT6] what was invalidated while Redis was gone is not read again when it is back', async () => {
    const { own, open } = await startOwn();
    const [first, second] = [await open(), await open()];
    const [writer, reader] = [
      createRedisCache({ redis: first, clock }),
      createRedisCache({ redis: second, clock }),
    ];
    const read = (value: string) =>
      reader.getOrCompute({ scope: 'articles', key: 'one', ttlMs: 60_000 }, async () => value);
    expect(await read('old')).toBe('old');
    own.pause();
    await writer.invalidate(['articles']);
    expect(await read('computed')).toBe('computed');
    own.resume();
    await Promise.all([healthy(first, true), healthy(second, true)]);
    await vi.waitFor(async () => expect(await read('new')).toBe('new'));
  });

  it('[HT4] limits hold while Redis is gone, counted by each node', async () => {
    const { own, open } = await startOwn();
    const redis = await open();
    const limits = createRedisRateLimits({ redis, meanwhile: createMemoryRateLimits({ clock }) });
    await own.stop();
    await healthy(redis, false);
    expect((await limits.hit('a', 60_000)).count).toBe(1);
    expect((await limits.hit('a', 60_000)).count).toBe(2);
  });
});

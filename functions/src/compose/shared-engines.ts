import type { Config } from '../config.ts';
import { createMemoryCache } from '../engines/memory/memory-cache.ts';
import { createMemoryRateLimits } from '../engines/memory/memory-rate-limits.ts';
import { createMemoryRelay } from '../engines/memory/memory-relay.ts';
import type { Cache } from '../ports/cache.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Relay } from '../ports/relay.ts';
import type { Logger } from '../telemetry/logger.ts';
import { clock } from './system-time.ts';

/** What several servers have in common, or one by itself. */
export interface SharedEngines {
  name: 'memory' | 'redis';
  healthy(): boolean;
  cache: Cache;
  rateLimits: RateLimits;
  relay: Relay;
  close(): Promise<void>;
}

const closeAll = (engines: readonly { close(): Promise<void> }[]) => async (): Promise<void> => {
  for (const engine of engines) await engine.close();
};

/** In process, or Redis; its SDK is loaded only when it is chosen. */
export const openSharedEngines = async ({ redisUrl }: Config, logger: Logger): Promise<SharedEngines> => {
  const meanwhile = createMemoryRateLimits({ clock });
  if (redisUrl === undefined) {
    const engines = {
      cache: createMemoryCache({ clock }),
      rateLimits: meanwhile,
      relay: createMemoryRelay(),
    };
    return { name: 'memory', healthy: () => true, ...engines, close: closeAll(Object.values(engines)) };
  }
  const { openRedis } = await import('../engines/redis/redis-connection.ts');
  const { createRedisCache } = await import('../engines/redis/redis-cache.ts');
  const { createRedisRateLimits } = await import('../engines/redis/redis-rate-limits.ts');
  const { createRedisRelay } = await import('../engines/redis/redis-relay.ts');
  const redis = await openRedis({ url: redisUrl, logger });
  const engines = {
    cache: createRedisCache({ redis, clock }),
    rateLimits: createRedisRateLimits({ redis, meanwhile }),
    relay: createRedisRelay(redis),
  };
  const close = closeAll([...Object.values(engines), redis]);
  return { name: 'redis', healthy: () => redis.healthy(), ...engines, close };
};

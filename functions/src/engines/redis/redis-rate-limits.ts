import type { RateLimitState, RateLimits } from '../../ports/rate-limits.ts';
import type { RedisConnection } from './redis-connection.ts';

export interface RedisRateLimitsOptions {
  redis: RedisConnection;
  /** Counts in this process while Redis is gone, so that a limit holds all the same. */
  meanwhile: RateLimits;
}

/** Counts of all nodes together; each window is a key that ends with it. */
export const createRedisRateLimits = ({ redis, meanwhile }: RedisRateLimitsOptions): RateLimits => {
  const count = async (key: string, windowMs: number): Promise<RateLimitState> => {
    const name = `${redis.prefix}rate:${key}`;
    const [hits, , leftMs] = await redis.run((client) =>
      client.multi().incr(name).pExpire(name, windowMs, 'NX').pTTL(name).exec(),
    );
    return { count: Number(hits), resetMs: Math.max(1, Number(leftMs)) };
  };
  return {
    hit: (key, windowMs) =>
      redis.healthy()
        ? count(key, windowMs).catch(() => meanwhile.hit(key, windowMs))
        : meanwhile.hit(key, windowMs),
    close: () => meanwhile.close(),
  };
};

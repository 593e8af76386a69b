import type { TestProject } from 'vitest/node';
import { startRedisServer } from './redis-server.ts';

/** One Redis for all servers of a run; each has a database of its own. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const redis = await startRedisServer({ databases: 10_000 });
  provide('redis', redis.url);
  return redis.close;
};

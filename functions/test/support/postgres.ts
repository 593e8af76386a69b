import type { TestProject } from 'vitest/node';
import { openPostgresCluster } from './postgres-cluster.ts';

/** One PostgreSQL for all servers of a run; each has a schema of its own. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const cluster = await openPostgresCluster({ fsync: 'off', max_connections: '300' });
  provide('postgres', cluster.url);
  return cluster.dispose;
};

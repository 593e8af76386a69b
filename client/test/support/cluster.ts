import { onTestFinished } from 'vitest';
import { makeFolder } from '../../../functions/src/testing/make-folder.ts';
import { freePort } from '../../../functions/test/support/free-port.ts';
import { type Nginx, startNginx } from '../../../functions/test/support/nginx.ts';
import {
  openPostgresCluster,
  type PostgresCluster,
} from '../../../functions/test/support/postgres-cluster.ts';
import { type ServerProcess, startServerProcess } from '../../../functions/test/support/processes.ts';
import { type RedisServer, startRedisServer } from '../../../functions/test/support/redis-server.ts';
import { type LiveRooms, liveRoomSettings, openLiveRooms } from './live-room.ts';

/** Two servers on one PostgreSQL and one Redis behind nginx, all of them real processes. */
export interface Cluster {
  /** Where users come in. */
  url: string;
  nginx: Nginx;
  redis: RedisServer;
  postgres: PostgresCluster;
  rooms: LiveRooms;
  node(index: number): ServerProcess;
  /** Starts a node again on its port after it has ended. */
  restart(index: number): Promise<void>;
}

const raisedLimits = { RATE_LIMIT_MAX: '1000000000', RATE_LIMIT_STAFF_MAX: '1000000000' };

/** The running test ends all of it. `nodeOptions` are for Node, of each node by itself. */
export const startCluster = async (
  sessions: number,
  nodeOptions: readonly string[][] = [[], []],
): Promise<Cluster> => {
  const [redis, postgres] = await Promise.all([startRedisServer(), openPostgresCluster()]);
  onTestFinished(redis.close);
  onTestFinished(postgres.dispose);
  const DATABASE_URL = await postgres.freshUrl();
  const ports = [await freePort(), await freePort()];
  // Artwork is in it: nodes that do not share that refuse to start.
  const folder = await makeFolder();
  const start = (index: number): Promise<ServerProcess> =>
    startServerProcess(
      {
        ...liveRoomSettings,
        ...raisedLimits,
        DATABASE_URL,
        REDIS_URL: redis.url,
        DATA_DIR: folder,
        PORT: String(ports[index]),
        TRUST_PROXY: '1',
      },
      nodeOptions[index] ?? [],
    );
  const nodes = await Promise.all(ports.map((_port, index) => start(index)));
  const nginx = await startNginx(ports);
  onTestFinished(nginx.close);
  const rooms = await openLiveRooms({ url: nginx.url, place: { DATA_DIR: folder, DATABASE_URL } }, sessions);
  onTestFinished(rooms.close);
  const node = (index: number): ServerProcess => {
    const found = nodes[index];
    if (found === undefined) throw new Error(`there is no node ${index}`);
    return found;
  };
  return {
    url: nginx.url,
    nginx,
    redis,
    postgres,
    rooms,
    node,
    restart: async (index) => {
      nodes[index] = await start(index);
    },
  };
};

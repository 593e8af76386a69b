import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a store and its database, and sees every commit. */
export interface DatabaseProxy {
  url: string;
  /** Commits that were asked for. */
  commits: number;
  /** `before`: a commit is not handed on; `after`: it is, and its answer is lost. The connection breaks both times. */
  fault: 'none' | 'before' | 'after';
  close(): Promise<void>;
}

export const openDatabaseProxy = async (target: string): Promise<DatabaseProxy> => {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let deaf = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.on('data', (chunk) => {
      const commit = chunk.includes('COMMIT');
      if (commit) proxy.commits += 1;
      if (commit && proxy.fault === 'before') return near.destroy();
      deaf ||= commit && proxy.fault === 'after';
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (deaf) near.destroy();
      else near.write(chunk);
    });
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const url = new URL(target);
  url.port = String(address.port);
  const proxy: DatabaseProxy = {
    url: url.href,
    commits: 0,
    fault: 'none',
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
  return proxy;
};

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Lifecycle } from './lifecycle.ts';
import { answerUnreadable, refuseUpgrade } from './unreadable-request.ts';

export interface HttpServerOptions {
  handler: RequestListener;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Set to `ready` by whoever starts the server when everything is joined; set to `draining` here. */
  lifecycle: Lifecycle;
  /** The longest that `stop` waits for work under way, in milliseconds. */
  shutdownGraceMs: number;
  /** Ends what is not a request, such as sockets; called at the stop and waited for within the grace time. */
  whileDraining?(graceMs: number): Promise<void>;
  /** The longest that the headers of a request may take, in milliseconds. */
  headersTimeoutMs?: number;
  /** The longest that a whole request may take to arrive: a large file over a slow line, in milliseconds. */
  requestTimeoutMs?: number;
  /** How long an idle connection is kept; longer than the 60 s of common proxies, in milliseconds. */
  keepAliveTimeoutMs?: number;
}

/** A listening server. */
export interface HttpServer {
  server: Server;
  host: string;
  port: number;
  /** Requests that are being answered. */
  inFlight(): number;
  /**
   * Refuses new work, lets what is under way finish within the grace time, then closes every connection. The
   * server listens until then, so that /ready can say 503. Safe to call more than once.
   */
  stop(): Promise<void>;
}

/** Slow senders are looked for this often. */
const connectionsCheckingIntervalMs = 2_000;

const createTimedServer = (options: HttpServerOptions): Server => {
  const server = createServer(
    {
      headersTimeout: options.headersTimeoutMs ?? 15_000,
      requestTimeout: options.requestTimeoutMs ?? 3_600_000,
      keepAliveTimeout: options.keepAliveTimeoutMs ?? 65_000,
      connectionsCheckingInterval: connectionsCheckingIntervalMs,
      // Node would answer these itself, without a body: the application says what is wrong.
      requireHostHeader: false,
    },
    options.handler,
  );
  // An expectation that is not known may be passed over (RFC 9110, section 10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return server;
};

/** Counts requests under way and tells when there are none. */
const trackRequests = (server: Server) => {
  let count = 0;
  let whenIdle = () => {};
  server.prependListener('request', (_request, response) => {
    count += 1;
    response.on('close', () => {
      count -= 1;
      if (count === 0) whenIdle();
    });
  });
  return {
    count: () => count,
    idle: () =>
      new Promise<void>((resolve) => {
        whenIdle = resolve;
        if (count === 0) resolve();
      }),
  };
};

/** Knows every open connection, also those that were upgraded and left HTTP. */
const trackSockets = (server: Server): Set<Socket> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
};

const listen = (server: Server, host: string, port: number): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'));
      else resolve(address);
    });
  });

/** Waits for work, but no longer than the grace time; the timer does not outlive the wait. */
const withinGrace = async (work: Promise<void>, graceMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([work, grace]);
  clearTimeout(timer);
};

/** Serves an application; fails when the port is taken. */
export const startHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const { host, port, lifecycle, shutdownGraceMs } = options;
  const server = createTimedServer(options);
  const requests = trackRequests(server);
  const sockets = trackSockets(server);
  server.on('clientError', answerUnreadable);
  server.on('upgrade', refuseUpgrade);
  const address = await listen(server, host, port);

  const drain = async (): Promise<void> => {
    lifecycle.state = 'draining';
    server.closeIdleConnections();
    const others = options.whileDraining?.(shutdownGraceMs) ?? Promise.resolve();
    await withinGrace(
      Promise.all([requests.idle(), others]).then(() => undefined),
      shutdownGraceMs,
    );
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  let stopping: Promise<void> | undefined;
  return {
    server,
    host: address.address,
    port: address.port,
    inFlight: requests.count,
    stop: () => {
      stopping ??= drain();
      return stopping;
    },
  };
};

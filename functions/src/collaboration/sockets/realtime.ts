import type { IncomingMessage, Server as NodeServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { AppError } from '../../errors/app-error.ts';
import { jsonOf } from '../../protocol/json-text.ts';
import { refusalOf } from '../rooms/refusal.ts';
import type { Connection } from './connection.ts';
import { packetParser } from './event-decoder.ts';
import { FanOut } from './fan-out.ts';
import { type Receiver, send, written } from './frames.ts';
import { authenticate, type Handshake } from './handshake.ts';
import { trackConnections } from './open-connections.ts';
import { awaitPong, pendingBytesOf, type ReaderInside, takenBytesOf } from './reader-bytes.ts';
import { RealtimeDoor, type RealtimeDoorOptions } from './realtime-door.ts';
import type { Broadcaster, Link } from './realtime-link.ts';

/** What a caller may use before and beside what its token allows; every one is a setting. */
export interface RealtimeLimits {
  /** Connections of one address, signed in or not. */
  connectionsPerAddress: number;
  /** How long a connection may be open without having signed in. */
  handshakeMs: number;
  /** The largest message; whoever sends a larger one is disconnected. */
  messageBytes: number;
}

export interface RealtimeOptions extends Omit<RealtimeDoorOptions, 'broadcaster'> {
  limits: RealtimeLimits;
  /** Origins whose pages may connect by polling. */
  corsOrigins: readonly string[];
  /** The key by which a caller's address is counted. */
  addressOf(request: IncomingMessage): string;
}

/** Socket.IO on the port of the HTTP server. */
export interface Realtime {
  attach(server: NodeServer): void;
  counts(): { connections: number; sessions: number };
  /**
   * Refuses new connections and events, tells everybody `server:draining`, waits for what is under way and ends
   * the connections. Safe to call more than once; whoever calls it bounds the wait.
   */
  drain(graceMs: number): Promise<void>;
}

/** What is used of a connection of engine.io; its types hide these fields. */
interface EngineInside extends ReaderInside {
  request: unknown;
  transport: ReaderInside['transport'] & { socket?: { terminate?(): void } };
}

const insideOf = ({ conn }: Socket): EngineInside => conn as unknown as EngineInside;

/** Answers events as Socket.IO does, in one piece and past the layers between, like all that is told to a room. */
const answerStraight = (socket: Socket): void => {
  const receiver = socket as unknown as Receiver;
  const ack = (id: number) => {
    let sent = false;
    return (answer: object): void => {
      if (!sent) send(receiver, written(`3${id}[${jsonOf(answer)}]`));
      sent = true;
    };
  };
  Object.assign(socket, { ack });
};

const linkOf = (socket: Socket): Link => ({
  id: socket.id,
  emit: ({ event, payload }) => {
    socket.emit(event, payload);
  },
  enter: (audience) => void socket.join(audience),
  exit: (audience) => void socket.leave(audience),
  pendingBytes: () => pendingBytesOf(insideOf(socket)),
  takenBytes: () => takenBytesOf(insideOf(socket)),
  awaitPong: () => awaitPong(insideOf(socket)),
  close: () => void socket.disconnect(true),
  cut: () => {
    const { transport } = insideOf(socket);
    // An orderly end would wait behind all that a slow reader has not taken.
    if (transport.socket?.terminate) transport.socket.terminate();
    else socket.conn.close(true);
  },
});

const closedOnPurpose = new Set(['client namespace disconnect', 'server namespace disconnect']);

const createServer = (
  options: RealtimeOptions,
  refusalFor: (request: IncomingMessage) => string | undefined,
) =>
  new Server({
    adapter: FanOut,
    parser: packetParser,
    serveClient: false,
    transports: ['polling', 'websocket'],
    cors: { origin: [...options.corsOrigins] },
    connectTimeout: options.limits.handshakeMs,
    maxHttpBufferSize: options.limits.messageBytes,
    allowRequest: (request, decide) => {
      const refusal = refusalFor(request);
      decide(refusal, refusal === undefined);
    },
  });

/** Serves the room over Socket.IO; the only file that knows it. */
export const createRealtime = (options: RealtimeOptions): Realtime => {
  const { limits, addressOf, authentication, logger } = options;
  const open = trackConnections(addressOf);
  let draining: Promise<void> | undefined;
  const io = createServer(options, (request) => {
    if (draining !== undefined) return 'The server stops.';
    const full = open.countOf(request) >= limits.connectionsPerAddress;
    return full ? 'Too many connections from this address.' : undefined;
  });
  // The options of the server have made it.
  const fanOut = io.of('/').adapter as FanOut;
  const broadcaster: Broadcaster = {
    emit: (names, event) => fanOut.tell(names, event),
    gather: (names, event) => fanOut.gather(names, event),
  };
  const door = new RealtimeDoor({ ...options, broadcaster });
  const verified = new WeakMap<Socket, Handshake>();

  io.use((socket, next) => {
    authenticate(socket.handshake.auth, authentication).then(
      (result) => {
        verified.set(socket, result);
        next();
      },
      (error: unknown) => {
        if (!(error instanceof AppError)) logger.error({ err: error }, 'a token could not be verified');
        const refusal = refusalOf(error);
        next(Object.assign(new Error(refusal.message), { data: refusal }));
        // Well-behaved clients have gone by then; the others do not get to try tokens on an open connection.
        setImmediate(() => socket.conn.close());
      },
    );
  });

  io.on('connection', (socket) => {
    const result = verified.get(socket);
    if (result === undefined) return void socket.disconnect(true);
    // The first request with all its headers would otherwise stay in memory as long as its connection.
    insideOf(socket).request = undefined;
    answerStraight(socket);
    const connection: Connection = door.connect(linkOf(socket), result.token, result.verified);
    // The last step of an event: nothing listens behind it, so it is not handed on.
    socket.use(([event, ...values]: [string, ...unknown[]]) => door.receive(connection, event, values));
    socket.on('disconnect', (reason) => {
      door.disconnect(connection, closedOnPurpose.has(reason) ? 'left' : 'drop');
    });
  });

  const end = async (graceMs: number): Promise<void> => {
    await door.drain(graceMs);
    io.disconnectSockets(true);
    // What was said last is read before the transport ends; those that do not read are ended by the caller.
    await open.none();
    io.engine?.close();
    door.close();
  };

  return {
    attach: (server) => {
      // Upgrades at other addresses are the HTTP server's to answer.
      io.attach(server, { destroyUpgrade: false });
      io.engine.on('connection', open.add);
    },
    counts: () => {
      const { connections, sessions } = door.counts();
      return { connections, sessions };
    },
    drain: (graceMs) => {
      draining ??= end(graceMs);
      return draining;
    },
  };
};

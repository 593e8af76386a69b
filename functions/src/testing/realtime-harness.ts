import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { io, type Socket } from 'socket.io-client';
import { defaultFlushMs } from '../collaboration/sockets/cursor-frames.ts';
import { defaultEventRates } from '../collaboration/sockets/event-rates.ts';
import { createRealtime, type Realtime, type RealtimeOptions } from '../collaboration/sockets/realtime.ts';
import { createRealtimeMetrics } from '../collaboration/sockets/realtime-metrics.ts';
import { defaultSlowReaderLimits } from '../collaboration/sockets/slow-readers.ts';
import { createLiveEvents } from '../engines/memory/live-events.ts';
import {
  createMemoryRelay,
  createMemoryRelayHub,
  type MemoryRelayHub,
} from '../engines/memory/memory-relay.ts';
import { AppError } from '../errors/app-error.ts';
import { createAuthentication } from '../gateway/authentication.ts';
import type { AiEngine } from '../ports/ai-engine.ts';
import type { LiveEvents } from '../ports/live-events.ts';
import type { SupportSession } from '../ports/records.ts';
import type { Role } from '../protocol/enumerations.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createManualTimers, type ManualTimers } from './manual-timers.ts';
import { createMemoryRooms, type MemoryRooms } from './memory-rooms.ts';
import { sampleSession } from './support-session.ts';
import { createToldAiEngine } from './told-ai-engine.ts';

type Replaceable = Pick<RealtimeOptions, 'limits' | 'rates' | 'slowReaders'>;

export interface RealtimeHarnessOptions extends Partial<Replaceable> {
  engine?: AiEngine;
  /** As `engine` when left out. */
  previewEngine?: AiEngine;
  /** The record of `s1`, from which moods are followed. */
  session?: Partial<SupportSession>;
  /** Another node of the same desk: with its time and its rooms, and in touch with it. */
  beside?: RealtimeHarness;
}

/** A door on a free port, with rooms `s1` and `s2` of customer `anna` and agent `ben`. */
export interface RealtimeHarness {
  url: string;
  realtime: Realtime;
  rooms: MemoryRooms;
  live: LiveEvents;
  hub: MemoryRelayHub;
  /** Goes on living and is heard of no more, as a node that is cut off. */
  cutOff(): Promise<void>;
  clock: ManualClock;
  timers: ManualTimers;
  registry: Registry;
  /** Who has joined which session, in order. */
  joins: readonly string[];
  /** Who did something in which session, every time. */
  activities: readonly string[];
  /** Who was told to be connected, every time. */
  present: readonly string[];
  /** Ends a token; a verification that is remembered still holds for its time. */
  revoke(token: string): void;
  /** Wall time at which new verifications of a token end. */
  expireAt(token: string, at: number): void;
  /** From now on nobody can say whether a token holds. */
  breakVerification(): void;
  /** Connects; tokens are `ROLE-NAME`, e.g. `customer-anna`. */
  connect(token: string, options?: { transports?: string[]; auth?: object }): Promise<Socket>;
  close(): Promise<void>;
}

/** What those who are in a call are told. */
export const iceServers = [{ urls: ['turn:turn.example'], username: 'desk', credential: 'a secret' }];

const tokenShape = /^(customer|agent|admin)-([a-z]+)(?:-again)?$/;

const createVerifier = (clock: ManualClock) => {
  const revoked = new Set<string>();
  const ends = new Map<string, number>();
  const state = { broken: false };
  return {
    revoked,
    ends,
    state,
    verifyToken: async (token: string) => {
      if (state.broken) throw new AppError('unavailable', 'Nobody can say.');
      const [, role, uid = ''] = tokenShape.exec(token) ?? [];
      if (role === undefined || revoked.has(token)) throw new AppError('not_authenticated', 'Unknown token.');
      const identity = { uid, email: `${uid}@test.local`, name: uid.toUpperCase(), role: role as Role };
      return { identity, expiresAt: ends.get(token) ?? clock.now() + 3_600_000 };
    },
  };
};

/** Keeps every event of the given names, in order. */
export const record = (socket: Socket, ...events: string[]): [event: string, payload: unknown][] => {
  const received: [string, unknown][] = [];
  for (const event of events) socket.on(event, (payload: unknown) => received.push([event, payload]));
  return received;
};

/** Whatever the server had sent to the socket until now has been received afterwards. */
export const settled = (socket: Socket): Promise<unknown> => socket.emitWithAck('typing:stop', {});

export const startRealtime = async (options: RealtimeHarnessOptions = {}): Promise<RealtimeHarness> => {
  const session = { customerId: 'anna', agentId: 'ben', status: 'active' } as const;
  const clock = options.beside?.clock ?? createManualClock();
  const timers = options.beside?.timers ?? createManualTimers(clock);
  const rooms = options.beside?.rooms ?? createMemoryRooms({ s1: { ...session }, s2: { ...session } });
  const hub = options.beside?.hub ?? createMemoryRelayHub();
  const verifier = createVerifier(clock);
  const relay = createMemoryRelay(hub);
  const live = createLiveEvents(relay);
  const registry = new Registry();
  const record = sampleSession({ id: 's1', status: 'active', ...options.session });
  const joins: string[] = [];
  const present: string[] = [];
  const activities: string[] = [];
  const engine = options.engine ?? createToldAiEngine({});
  const realtime = createRealtime({
    rooms,
    live,
    relay,
    authentication: createAuthentication({ verifyToken: verifier.verifyToken, clock }),
    engine,
    previewEngine: options.previewEngine ?? engine,
    records: {
      get: async (collection, id) =>
        collection === 'supportSessions' && id === record.id ? (record as never) : undefined,
      list: async () => {
        throw new Error('nobody told these records about lists');
      },
    },
    logger: createLogger({ level: 'silent' }),
    clock,
    timers,
    metrics: (counts) => createRealtimeMetrics(registry, counts),
    rates: options.rates ?? defaultEventRates,
    iceServers,
    slowReaders: options.slowReaders ?? defaultSlowReaderLimits,
    flushMs: defaultFlushMs,
    onActivity: ({ uid }, sessionId) => activities.push(`${uid} ${sessionId}`),
    onPresent: ({ uid }) => present.push(uid),
    onJoin: (user, sessionId) => joins.push(`${user.uid} ${sessionId}`),
    limits: options.limits ?? { connectionsPerAddress: 100, handshakeMs: 5_000, messageBytes: 512 * 1024 },
    corsOrigins: [],
    addressOf: (request) => request.socket.remoteAddress ?? 'unknown',
  });
  const server = createServer();
  realtime.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets = new Set<Socket>();

  return {
    url,
    realtime,
    rooms,
    live,
    hub,
    cutOff: () => relay.close(),
    clock,
    timers,
    registry,
    joins,
    present,
    activities,
    revoke: (token) => verifier.revoked.add(token),
    expireAt: (token, at) => verifier.ends.set(token, at),
    breakVerification: () => {
      verifier.state.broken = true;
    },
    connect: (token, { transports = ['websocket'], auth = {} } = {}) => {
      const socket = io(url, { auth: { token, ...auth }, transports, reconnection: false, forceNew: true });
      sockets.add(socket);
      return new Promise((resolve, reject) => {
        socket.once('connect', () => resolve(socket));
        socket.once('connect_error', reject);
      });
    },
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      await realtime.drain(0);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

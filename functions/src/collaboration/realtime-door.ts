import { isParticipant } from '../access/ownership.ts';
import { AppError } from '../errors/app-error.ts';
import type { VerifiedToken } from '../ports/identity.ts';
import type { LiveAudience, LiveEvent, LiveEventSource } from '../ports/live-events.ts';
import type { Timers } from '../ports/timers.ts';
import type { RefusedAck } from '../protocol/realtime.ts';
import { type ClientHandlersOptions, createClientHandlers } from './client-handlers.ts';
import { Connection } from './connection.ts';
import { type EventRates, rateClassOf } from './event-rates.ts';
import type { LiveRoom } from './live-room.ts';
import { LiveRooms } from './live-rooms.ts';
import { isClientEvent, readEvent } from './read-event.ts';
import { audiences, type Broadcaster, type Link } from './realtime-link.ts';
import type { RealtimeCounts, RealtimeMetrics } from './realtime-metrics.ts';
import { refusalOf } from './refusal.ts';
import type { Member } from './room-member.ts';
import type { RoomHead } from './rooms.ts';
import { type SlowReaderLimits, watchSlowReaders } from './slow-readers.ts';
import { expiredToken, watchTokens } from './token-watch.ts';

export interface RealtimeDoorOptions extends Omit<ClientHandlersOptions, 'liveRooms' | 'live'> {
  live: ClientHandlersOptions['live'] & LiveEventSource;
  broadcaster: Broadcaster;
  timers: Timers;
  rates: EventRates;
  slowReaders: SlowReaderLimits;
  flushMs: number;
  metrics(counts: () => RealtimeCounts): RealtimeMetrics;
}

type Ack = (answer: object) => void;

/** A flood over a rate is answered with an `error` event at most this often. */
const tellLimitEveryMs = 1_000;

const audienceNames = ({ userIds = [], roles = [], sessionId, staffOnly }: LiveAudience): string[] => {
  const names = [...userIds.map(audiences.user), ...roles.map(audiences.role)];
  if (sessionId === undefined) return names;
  return [...names, ...(staffOnly ? [audiences.said('staff', sessionId)] : audiences.saidToAll(sessionId))];
};

/** The door between connections and rooms, whatever carries the connections. */
export class RealtimeDoor {
  readonly #options: RealtimeDoorOptions;
  readonly #connections = new Set<Connection>();
  readonly #liveRooms: LiveRooms;
  readonly #handlers: ReturnType<typeof createClientHandlers>;
  readonly #metrics: RealtimeMetrics;
  readonly #stops: (() => void)[];
  #draining = false;
  #inFlight = 0;
  #whenIdle = () => {};

  constructor(options: RealtimeDoorOptions) {
    const { live } = options;
    const connections = this.#connections;
    this.#options = options;
    this.#liveRooms = new LiveRooms({
      ...options,
      onHead: (room, { session }) => this.#showOut(room, session),
    });
    this.#handlers = createClientHandlers({ ...options, liveRooms: this.#liveRooms });
    this.#metrics = options.metrics(() => this.counts());
    this.#stops = [
      live.subscribe((audience, event) => this.#deliver(audience, event)),
      watchTokens({ ...options, connections }, (connection) => this.#cutOff(connection)),
      watchSlowReaders({ ...options, connections, limits: options.slowReaders }),
    ];
  }

  counts(): RealtimeCounts {
    let slowReaders = 0;
    for (const { pace } of this.#connections) if (pace !== 'well') slowReaders += 1;
    return { connections: this.#connections.size, sessions: this.#liveRooms.size, slowReaders };
  }

  /** A connection whose token was verified. */
  connect(link: Link, token: string, verified: VerifiedToken): Connection {
    const { rates, clock } = this.#options;
    const connection = new Connection(link, token, verified, rates, clock.monotonicMs());
    this.#connections.add(connection);
    const { uid, role } = verified.identity;
    for (const audience of [audiences.everyone, audiences.user(uid), audiences.role(role)])
      link.enter(audience);
    return connection;
  }

  /** The connection is gone: its user left when it was closed on purpose, and may come back when it broke. */
  disconnect(connection: Connection, how: 'left' | 'gone' | 'drop'): void {
    connection.closed = true;
    this.#connections.delete(connection);
    for (const member of [...connection.memberships.values()]) this.#release(member, how);
  }

  /** Takes an event as it came in; never throws and never waits before a durable operation is handed on. */
  receive(connection: Connection, event: string, values: unknown[]): void {
    const last = values.at(-1);
    const ack = typeof last === 'function' ? (last as Ack) : undefined;
    const payloads = ack === undefined ? values : values.slice(0, -1);
    const refuse = (error: unknown) => this.#refuse(connection, event, error, ack);
    try {
      const answer = this.#handle(connection, event, payloads, ack);
      if (answer instanceof Promise)
        this.#follow(answer, refuse, (value) => this.#answer(connection, event, value, ack));
      else if (answer !== undefined) ack?.(answer);
    } catch (error) {
      refuse(error);
    }
  }

  /** Tells everybody, refuses what is new, and waits for what is under way. */
  async drain(graceMs: number): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    this.#options.broadcaster.emit([audiences.everyone], { event: 'server:draining', payload: { graceMs } });
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      if (this.#inFlight === 0) resolve();
    });
  }

  /** Lets go of every timer and subscription. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#liveRooms.close();
  }

  #handle(connection: Connection, event: string, payloads: unknown[], ack: Ack | undefined) {
    const { clock } = this.#options;
    const known = isClientEvent(event);
    this.#metrics.received(known ? event : 'unknown');
    if (this.#draining) {
      throw new AppError('unavailable', 'The server stops: connect again.', { retryAfterMs: 1_000 });
    }
    if (clock.now() >= connection.expiresAt) throw expiredToken();
    const retryAfterMs = connection.rates.take(known ? rateClassOf(event) : 'others', clock.monotonicMs());
    if (retryAfterMs > 0)
      throw new AppError('rate_limited', 'Too many events at once: wait.', { retryAfterMs });
    if (!known) throw new AppError('unknown_event', 'The server has no event of this name.');
    const input = readEvent(event, payloads);
    // The schema of an event has just made sure that its handler may be called with the input.
    const handler = this.#handlers[event] as (
      connection: Connection,
      input: unknown,
      answer: Ack,
    ) => object | undefined | Promise<object | undefined>;
    return handler(connection, input, (value) => this.#answer(connection, event, value, ack));
  }

  #follow(
    work: Promise<object | undefined>,
    refuse: (error: unknown) => void,
    answer: (value: object) => void,
  ): void {
    this.#inFlight += 1;
    work
      .then((value) => {
        if (value !== undefined) answer(value);
      })
      .catch(refuse)
      .finally(() => {
        this.#inFlight -= 1;
        if (this.#inFlight === 0) this.#whenIdle();
      });
  }

  /** Answers; a refusal that nobody waits for is told as `error`. */
  #answer(connection: Connection, event: string, value: object, ack: Ack | undefined): void {
    if ('ok' in value && value.ok === false) this.#refused(connection, event, value as RefusedAck, ack);
    else ack?.(value);
  }

  #refuse(connection: Connection, event: string, error: unknown, ack: Ack | undefined): void {
    if (!(error instanceof AppError)) {
      this.#options.logger.error(
        { err: error, event: isClientEvent(event) ? event : 'unknown' },
        'an event failed',
      );
    }
    this.#refused(connection, event, refusalOf(error), ack);
  }

  #refused(connection: Connection, event: string, refusal: RefusedAck, ack: Ack | undefined): void {
    const nowMs = this.#options.clock.monotonicMs();
    this.#metrics.refused(refusal.code);
    if (ack !== undefined) ack(refusal);
    else if (refusal.code !== 'rate_limited' || nowMs - connection.limitToldAt >= tellLimitEveryMs) {
      if (refusal.code === 'rate_limited') connection.limitToldAt = nowMs;
      connection.link.emit({ event: 'error', payload: { ...refusal, event: event.slice(0, 64) } });
    }
    if (connection.rates.refuse(nowMs) || connection.closed) return;
    this.#options.logger.warn({ userId: connection.identity.uid }, 'a connection was closed for abuse');
    connection.link.cut();
  }

  #cutOff(connection: Connection): void {
    connection.link.emit({ event: 'error', payload: refusalOf(expiredToken()) });
    this.disconnect(connection, 'gone');
    connection.link.close();
  }

  #release(member: Member, how: 'left' | 'gone' | 'drop'): void {
    const { memberships } = member.connection;
    if (memberships.get(member.sessionId) === member) memberships.delete(member.sessionId);
    const room = this.#liveRooms.get(member.sessionId);
    room?.release(member, how);
    if (room !== undefined) this.#liveRooms.forgetEmpty(room);
  }

  #deliver(audience: LiveAudience, event: LiveEvent): void {
    const names = audienceNames(audience);
    if (names.length > 0) this.#options.broadcaster.emit(names, event);
    if (event.event !== 'session:assigned' && event.event !== 'session:updated') return;
    void this.#liveRooms.refresh(event.payload.sessionId);
  }

  /** Shows out whoever takes part no more, such as the agent that a session was taken from. */
  #showOut(room: LiveRoom, session: RoomHead['session']): void {
    for (const member of [...room.members.values()]) {
      const { identity, link } = member.connection;
      if (isParticipant(identity, session)) continue;
      this.#release(member, 'gone');
      const error = new AppError('forbidden', 'You take part in this session no more.');
      link.emit({ event: 'error', payload: { ...refusalOf(error), sessionId: room.sessionId } });
    }
  }
}

import { isParticipant } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Identity, VerifiedToken } from '../../ports/identity.ts';
import type { LiveAudience, LiveEvent, LiveEventSource } from '../../ports/live-events.ts';
import type { Relay } from '../../ports/relay.ts';
import type { Timers } from '../../ports/timers.ts';
import { refusalOf } from '../rooms/refusal.ts';
import type { RoomHead } from '../rooms/rooms.ts';
import { type ClientHandlersOptions, createClientHandlers } from './client-handlers.ts';
import { Connection } from './connection.ts';
import { EventIntake } from './event-intake.ts';
import type { EventRates } from './event-rates.ts';
import type { LiveRoom } from './live-room.ts';
import { LiveRooms } from './live-rooms.ts';
import { audiences, type Broadcaster, type Link } from './realtime-link.ts';
import type { RealtimeCounts, RealtimeMetrics } from './realtime-metrics.ts';
import type { Member } from './room-member.ts';
import { watchSlowReaders } from './slow-readers.ts';
import { expiredToken, watchTokens } from './token-watch.ts';

export interface RealtimeDoorOptions extends Omit<ClientHandlersOptions, 'liveRooms' | 'live'> {
  live: ClientHandlersOptions['live'] & LiveEventSource;
  broadcaster: Broadcaster;
  relay: Relay;
  timers: Timers;
  rates: EventRates;
  flushMs: number;
  /** Is told again and again who has an open connection, and once more when one is gone. */
  onPresent(user: Identity): void;
  metrics(counts: () => RealtimeCounts): RealtimeMetrics;
}

/** How often it is told who is connected. */
const presentEveryMs = 15_000;

const audienceNames = ({ userIds = [], roles = [], sessionId, staffOnly }: LiveAudience): string[] => {
  const names = [...userIds.map(audiences.user), ...roles.map(audiences.role)];
  if (sessionId === undefined) return names;
  return [...names, ...(staffOnly ? [audiences.said('staff', sessionId)] : audiences.saidToAll(sessionId))];
};

type LogChange = Extract<LiveEvent, { event: 'session:head' | 'session:assigned' | 'session:updated' }>;

const changesLog = (event: LiveEvent): event is LogChange =>
  ['session:head', 'session:assigned', 'session:updated'].includes(event.event);

/** The door between connections and rooms, whatever carries the connections. */
export class RealtimeDoor {
  readonly #options: RealtimeDoorOptions;
  readonly #connections = new Set<Connection>();
  readonly #liveRooms: LiveRooms;
  readonly #intake: EventIntake;
  readonly #stops: (() => void)[];

  constructor(options: RealtimeDoorOptions) {
    const { live } = options;
    const connections = this.#connections;
    this.#options = options;
    this.#liveRooms = new LiveRooms({
      ...options,
      onHead: (room, { session }) => this.#showOut(room, session),
    });
    const handlers = createClientHandlers({ ...options, liveRooms: this.#liveRooms });
    const metrics = options.metrics(() => this.counts());
    this.#intake = new EventIntake({ ...options, handlers, metrics });
    this.#stops = [
      live.subscribe((audience, event) => this.#deliver(audience, event)),
      watchTokens({ ...options, connections }, (connection) => this.#cutOff(connection)),
      watchSlowReaders({ ...options, connections, limits: options.slowReaders }),
      options.timers.every(presentEveryMs, () => {
        for (const { identity } of connections) options.onPresent(identity);
      }),
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
    this.#options.onPresent(verified.identity);
    return connection;
  }

  /** The connection is gone: its user left when it was closed on purpose, and may come back when it broke. */
  disconnect(connection: Connection, how: 'left' | 'gone' | 'drop'): void {
    connection.closed = true;
    if (this.#connections.delete(connection)) this.#options.onPresent(connection.identity);
    for (const member of [...connection.memberships.values()]) this.#release(member, how);
  }

  /** Takes an event as it came in; never throws and never waits before a durable operation is handed on. */
  receive(connection: Connection, event: string, values: unknown[]): void {
    this.#intake.receive(connection, event, values);
  }

  /** Tells everybody, refuses what is new, and waits for what is under way. */
  async drain(graceMs: number): Promise<void> {
    const idle = this.#intake.drain();
    this.#options.broadcaster.emit([audiences.everyone], { event: 'server:draining', payload: { graceMs } });
    await idle;
  }

  /** Lets go of every timer and subscription. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#liveRooms.close();
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
    // Where a log stands is told by its room, after what stands there.
    const names = event.event === 'session:head' ? [] : audienceNames(audience);
    if (names.length > 0) this.#options.broadcaster.emit(names, event);
    if (!changesLog(event)) return;
    void this.#liveRooms.refresh(event.payload.sessionId);
  }

  /** Shows out whoever takes part no more, such as the agent that a session was taken from, and ends calls. */
  #showOut(room: LiveRoom, session: RoomHead['session']): void {
    if (session.status === 'completed') room.call.close('session-ended');
    room.presence.forgetAwaited((identity) => isParticipant(identity, session));
    for (const member of [...room.members.values()]) {
      const { identity, link } = member.connection;
      if (isParticipant(identity, session)) continue;
      this.#release(member, 'gone');
      // Whoever was not let in yet may be a stranger: the answer to the join says what a stranger may know.
      if (member.joining) continue;
      const error = new AppError('forbidden', 'You take part in this session no more.');
      link.emit({ event: 'error', payload: { ...refusalOf(error), sessionId: room.sessionId } });
    }
  }
}

import { AppError } from '../../errors/app-error.ts';
import { type AiEngine, understandingOf } from '../../ports/ai-engine.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type {
  ClientEvent,
  ClientEventName,
  OperationAck,
  OperationName,
  RefusedAck,
} from '../../protocol/realtime.ts';
import type { RoomOperation } from '../rooms/room-operation.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { type CallHandlersOptions, createCallHandlers } from './call-handlers.ts';
import type { Connection } from './connection.ts';
import { joiningMember, joinRoom, syncRoom } from './join-room.ts';
import type { LiveRoom } from './live-room.ts';
import type { LiveRooms } from './live-rooms.ts';
import { memberOf, sessionOf } from './membership.ts';
import { MoodWatch, type MoodWatchOptions } from './mood-watch.ts';
import type { Member } from './room-member.ts';
import type { SlowReaderLimits } from './slow-readers.ts';
import type { TokenVerifier } from './token-watch.ts';

export interface ClientHandlersOptions extends MoodWatchOptions, Pick<CallHandlersOptions, 'iceServers'> {
  rooms: Rooms;
  liveRooms: LiveRooms;
  authentication: TokenVerifier;
  /** Understands what is being typed: asked at every pause, so it costs nothing and keeps the words here. */
  previewEngine: AiEngine;
  clock: Clock;
  slowReaders: SlowReaderLimits;
  /** Is told who has come into which session, e.g. because an assignment counts as opened then. */
  onJoin(user: Identity, sessionId: string): void;
  /** Is told of everything that somebody in the room does and that is written nowhere. */
  onActivity(user: Pick<Identity, 'uid' | 'role'>, sessionId: string): void;
}

/** What an event is answered with; `undefined` when the handler has answered itself. */
type Answer = object | undefined;

/** One handler an event: called with what its schema let through, throws AppError to refuse. */
export type ClientHandlers = {
  [Name in ClientEventName]: (
    connection: Connection,
    input: ClientEvent<Name>,
    answer: (ack: object) => void,
  ) => Answer | Promise<Answer>;
};

const done = { ok: true } as const;

const ensureKeepsUp = ({ pace, link }: Connection, { stoppedBytes }: SlowReaderLimits): void => {
  if (pace !== 'stopped' && link.pendingBytes() < stoppedBytes) return;
  throw new AppError('rate_limited', 'Read what was sent before asking for more.', { retryAfterMs: 1_000 });
};

/** Runs at once for somebody who is in the room, after the join for somebody who is about to be. */
const inRoom = (
  options: Pick<ClientHandlersOptions, 'liveRooms' | 'onActivity'>,
  connection: Connection,
  named: string | undefined,
  work: (room: LiveRoom, member: Member) => void,
): Answer | Promise<Answer> => {
  const member = memberOf(connection, named);
  // Where one join was refused another may be under way by now: nobody has a say before being let in.
  if (member.joining) return member.decided.then(() => inRoom(options, connection, named, work));
  const room = options.liveRooms.get(member.sessionId);
  if (room !== undefined) work(room, member);
  options.onActivity(connection.identity, member.sessionId);
  return done;
};

export const createClientHandlers = (options: ClientHandlersOptions): ClientHandlers => {
  const { rooms, liveRooms, authentication, previewEngine, clock, slowReaders } = options;
  const moods = new WeakMap<LiveRoom, MoodWatch>();

  const moodOf = (room: LiveRoom): MoodWatch => {
    const known = moods.get(room);
    if (known !== undefined) return known;
    const made = new MoodWatch(options, room.sessionId);
    moods.set(room, made);
    return made;
  };

  const followMood = (connection: Connection, sessionId: string, body: string, seq: number): void => {
    const room = liveRooms.get(sessionId);
    if (connection.identity.role === 'customer' && room?.presence.hasStaff()) moodOf(room).heard(seq, body);
  };

  /**
   * Reaches the room without waiting for anything, so that operations of one socket keep their order; those that
   * follow a join which is under way come after it, so that whoever joins and draws hears of the drawing.
   */
  const operate = (connection: Connection, sessionId: string, operation: RoomOperation) => {
    const apply = () => rooms.apply(connection.identity, sessionId, operation);
    const joining = joiningMember(connection, sessionId);
    return joining === undefined ? apply() : joining.decided.then(apply);
  };

  const operationHandler =
    <Name extends OperationName>(name: Name) =>
    (connection: Connection, input: ClientEvent<Name>): Promise<OperationAck | RefusedAck> => {
      const { sessionId, ...rest } = input;
      return operate(connection, sessionOf(connection, sessionId), { name, ...rest } as RoomOperation);
    };

  return {
    'session:join': async (connection, input, answer) => {
      ensureKeepsUp(connection, slowReaders);
      const answerJoin = (ack: object) => connection.answer(() => answer(ack));
      await joinRoom(connection, input, { rooms, live: liveRooms, answer: answerJoin });
      options.onJoin(connection.identity, input.sessionId);
      return undefined;
    },
    'session:leave': async (connection, { sessionId }) => {
      const member = memberOf(connection, sessionId);
      await member.decided;
      const room = liveRooms.get(member.sessionId);
      if (connection.memberships.get(member.sessionId) === member) {
        connection.memberships.delete(member.sessionId);
      }
      room?.release(member, 'left');
      if (room !== undefined) liveRooms.forgetEmpty(room);
      return done;
    },
    'session:sync': async (connection, { sessionId, since }, answer) => {
      ensureKeepsUp(connection, slowReaders);
      const member = memberOf(connection, sessionId);
      await member.decided;
      const missed = await syncRoom(member, liveRooms.get(member.sessionId), since, rooms);
      connection.answer(() => answer(missed));
      return undefined;
    },
    'annotation:add': operationHandler('annotation:add'),
    'annotation:update': operationHandler('annotation:update'),
    'annotation:delete': operationHandler('annotation:delete'),
    'annotation:clear': operationHandler('annotation:clear'),
    'annotation:resolve': operationHandler('annotation:resolve'),
    'comment:add': operationHandler('comment:add'),
    'chat:message': async (connection, { sessionId, ...message }, answer) => {
      const id = sessionOf(connection, sessionId);
      const ack = await operate(connection, id, { name: 'chat:message', ...message });
      answer(ack);
      if (ack.ok && ack.dup === undefined) followMood(connection, id, message.body, ack.seq);
      return undefined;
    },
    'chat:read': (connection, { sessionId, seq }) =>
      inRoom(options, connection, sessionId, (room) => room.read(connection.identity.uid, seq)),
    'cursor:move': (connection, { sessionId, x, y, page = 1 }) =>
      inRoom(options, connection, sessionId, (room) =>
        room.cursors.move(connection.identity.uid, { x, y, page }),
      ),
    'annotation:draw': (connection, { sessionId, id, points }) =>
      inRoom(options, connection, sessionId, (room) =>
        room.cursors.draw(connection.identity.uid, { id, points }),
      ),
    'typing:start': (connection, { sessionId }) =>
      inRoom(options, connection, sessionId, (room) => room.typing.start(connection.identity.uid)),
    'typing:stop': (connection, { sessionId }) =>
      inRoom(options, connection, sessionId, (room) => room.typing.stop(connection.identity.uid)),
    'presence:update': (connection, { sessionId, status }) =>
      inRoom(options, connection, sessionId, (room) =>
        room.presence.update(connection.identity.uid, connection.link.id, status),
      ),
    ...createCallHandlers(options),
    'support:preview': async (_connection, { text }) => ({
      ...done,
      ...understandingOf(await previewEngine.analyze(text)),
    }),
    'auth:renew': async (connection, { token }) => {
      const verified = await authentication.verify(token);
      if (verified.identity.uid !== connection.identity.uid) {
        throw new AppError('forbidden', 'The token is of another user: connect anew with it.');
      }
      const { role } = connection.identity;
      connection.renew(token, verified, clock.monotonicMs());
      if (verified.identity.role !== role) connection.link.cut();
      return { ...done, expiresAt: isoTime(verified.expiresAt) };
    },
  };
};

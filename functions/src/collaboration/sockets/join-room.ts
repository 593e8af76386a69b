import { AppError } from '../../errors/app-error.ts';
import type { ClientEvent, JoinedAck, SyncAck } from '../../protocol/realtime.ts';
import type { RoomState, Rooms } from '../rooms/rooms.ts';
import type { Connection } from './connection.ts';
import type { LiveRoom } from './live-room.ts';
import type { LiveRooms } from './live-rooms.ts';
import { Member } from './room-member.ts';

/** Sessions that one connection may be in. */
const maximumSessions = 50;

export interface JoinOptions {
  rooms: Rooms;
  live: LiveRooms;
  /** Sends the answer before anything that came meanwhile. */
  answer(ack: JoinedAck): void;
}

const closedMeanwhile = (): AppError => new AppError('not_joined', 'The connection left while it joined.');

const joinedAck = (room: LiveRoom, member: Member, state: RoomState): JoinedAck => {
  const you = room.welcome(member, state);
  const common = { ok: true, epoch: state.epoch, seq: state.seq } as const;
  const participants = room.presence.participants();
  return state.mode === 'snapshot'
    ? {
        ...common,
        mode: 'snapshot',
        annotations: state.annotations,
        messages: state.messages,
        proofs: state.proofs,
        participants,
        you,
      }
    : {
        ...common,
        mode: 'delta',
        annotations: [],
        messages: [],
        proofs: [],
        events: state.events,
        participants,
        you,
      };
};

const ensureRoom = (connection: Connection, sessionId: string): void => {
  if (connection.closed) throw closedMeanwhile();
  if (connection.memberships.size < maximumSessions || connection.memberships.has(sessionId)) return;
  throw new AppError(
    'too_many_sessions',
    `Leave another session first: a connection is in ${maximumSessions} at most.`,
  );
};

/** The membership that is being decided, if there is one. */
export const joiningMember = (connection: Connection, sessionId: string): Member | undefined => {
  const member = connection.memberships.get(sessionId);
  return member?.joining ? member : undefined;
};

/** Lets a connection into a session: state first, then what came meanwhile, then all that follows (rule RT4). */
export const joinRoom = async (
  connection: Connection,
  { sessionId, since, epoch, caps }: ClientEvent<'session:join'>,
  { rooms, live, answer }: JoinOptions,
): Promise<void> => {
  // Joins of one connection to one session take their turns.
  for (let earlier = joiningMember(connection, sessionId); earlier; ) {
    await earlier.decided;
    earlier = joiningMember(connection, sessionId);
  }
  ensureRoom(connection, sessionId);
  const room = live.open(sessionId);
  const before = connection.memberships.get(sessionId);
  before?.leave();
  const member = new Member(connection, sessionId, caps?.includes('frames') ?? false);
  connection.memberships.set(sessionId, member);
  room.begin(member);
  try {
    const from = since === undefined || epoch === undefined ? undefined : { since, epoch };
    const state = await rooms.state(connection.identity, sessionId, from);
    if (connection.memberships.get(sessionId) !== member) {
      await rooms.ensureMayJoin(connection.identity, sessionId);
      throw closedMeanwhile();
    }
    answer(joinedAck(room, member, state));
    room.settle(member, state);
  } catch (error) {
    if (connection.memberships.get(sessionId) === member) connection.memberships.delete(sessionId);
    room.release(member, 'gone');
    throw error;
  } finally {
    live.forgetEmpty(room);
  }
};

/** What a member misses after `since`, or the advice to join anew. */
export const syncRoom = async (
  member: Member,
  room: LiveRoom | undefined,
  since: number,
  rooms: Rooms,
): Promise<SyncAck> => {
  const { identity } = member.connection;
  const epoch = room?.epoch ?? '';
  const state = await rooms.state(identity, member.sessionId, { since, epoch });
  return state.mode === 'delta'
    ? { ok: true, mode: 'delta', epoch: state.epoch, seq: state.seq, events: state.events }
    : { ok: true, mode: 'snapshot', epoch: state.epoch, seq: state.seq };
};

import { isParticipant } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RecordReader } from '../../ports/record-store.ts';
import type { IceServer } from '../../protocol/calls.ts';
import type { Channel } from '../../protocol/enumerations.ts';
import type { ClientEvent } from '../../protocol/realtime.ts';
import type { Device } from './call-devices.ts';
import type { Connection } from './connection.ts';
import type { LiveRooms } from './live-rooms.ts';
import { memberOf } from './membership.ts';
import type { SharedCall } from './shared-call.ts';

export interface CallHandlersOptions {
  liveRooms: LiveRooms;
  records: Pick<RecordReader, 'get'>;
  /** Told to those who are in a call, and to nobody else: they may hold credentials. */
  iceServers: readonly IceServer[];
  /** Is told of everything that somebody in the room does and that is written nowhere. */
  onActivity(user: Pick<Identity, 'uid' | 'role'>, sessionId: string): void;
}

/** Channels whose sessions have calls (rule RT16). */
const channelsWithCalls: readonly Channel[] = ['co-browse', 'video-call'];

const done = { ok: true } as const;

/** The call of the session that an event is for, and the device that sent it. */
const callOf = async (
  liveRooms: LiveRooms,
  connection: Connection,
  named: string | undefined,
): Promise<{ call: SharedCall; device: Device; sessionId: string }> => {
  const member = memberOf(connection, named);
  await member.decided;
  const { sessionId } = member;
  const room = liveRooms.get(sessionId);
  if (room?.members.get(connection.link.id) !== member) {
    throw new AppError('not_joined', 'This socket is not in that session: join it.');
  }
  return { call: room.call, device: connection, sessionId };
};

/** Calls between two people in the room of a session; nothing of them is stored. */
export const createCallHandlers = (options: CallHandlersOptions) => {
  const { liveRooms, records, iceServers, onActivity } = options;
  /** The session as it stands: its channel changes when it is handed on. */
  const ensureHasCalls = async ({ identity }: Connection, sessionId: string): Promise<void> => {
    const session = await records.get('supportSessions', sessionId);
    const possible =
      session?.status === 'active' &&
      channelsWithCalls.includes(session.type) &&
      isParticipant(identity, session);
    if (possible) return;
    const detail = `There are calls in sessions on ${channelsWithCalls.join(' and ')} that are going on, only.`;
    throw new AppError('call_not_possible', detail);
  };

  const find = async (connection: Connection, named: string | undefined) => {
    const found = await callOf(liveRooms, connection, named);
    onActivity(connection.identity, found.sessionId);
    return found;
  };

  return {
    'call:invite': async (connection: Connection, { sessionId, to }: ClientEvent<'call:invite'>) => {
      await ensureHasCalls(connection, (await find(connection, sessionId)).sessionId);
      const { call, device } = await find(connection, sessionId);
      return { ...done, ...(await call.perform(device, { do: 'invite', to })), iceServers };
    },
    'call:accept': async (connection: Connection, { sessionId, callId }: ClientEvent<'call:accept'>) => {
      const { call, device } = await find(connection, sessionId);
      return { ...done, ...(await call.perform(device, { do: 'accept', callId })), iceServers };
    },
    'call:decline': async (connection: Connection, { sessionId, callId }: ClientEvent<'call:decline'>) => {
      const { call, device } = await find(connection, sessionId);
      await call.perform(device, { do: 'decline', callId });
      return done;
    },
    'call:end': async (connection: Connection, { sessionId, callId }: ClientEvent<'call:end'>) => {
      const { call, device } = await find(connection, sessionId);
      await call.perform(device, { do: 'end', callId });
      return done;
    },
    'call:signal': async (connection: Connection, { sessionId, ...signal }: ClientEvent<'call:signal'>) => {
      const { call, device } = await find(connection, sessionId);
      await call.perform(device, { do: 'signal', ...signal });
      return done;
    },
  };
};

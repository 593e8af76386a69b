import { ensureParticipant } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { joinState } from './join-state.ts';
import { OpenRooms } from './open-rooms.ts';
import type { RoomLimits } from './operation-plan.ts';
import { refusalOf } from './refusal.ts';
import { Room } from './room.ts';
import type { EventPair } from './room-events.ts';
import { type RoomSources, readRoomSnapshot } from './room-snapshot.ts';
import type { RoomHead, RoomListener, Rooms } from './rooms.ts';

export interface RoomsOptions extends RoomSources {
  clock: Clock;
  logger: Pick<Logger, 'error'>;
  limits?: Partial<RoomsLimits> | undefined;
}

export interface RoomsLimits extends RoomLimits {
  /** Rooms in memory; those that are busy stay beyond it. */
  rooms: number;
  /** Content of all rooms in memory, in UTF-16 units. */
  memory: number;
  /** After which a room that nobody asked for is let go. */
  idleMs: number;
}

const defaultLimits: RoomsLimits = {
  annotations: 5_000,
  size: 16 * 1024 * 1024,
  proofs: 100,
  rooms: 1_000,
  memory: 128 * 1024 * 1024,
  idleMs: 60_000,
};

const noSession = (): AppError => new AppError('not_found', 'There is no session with this id.');

/** Tells everybody, whatever happens to one of them. */
const createAnnouncer = (logger: Pick<Logger, 'error'>) => {
  const listeners = new Set<RoomListener>();
  const announce = (sessionId: string, head: RoomHead, pairs: readonly EventPair[]): void => {
    if (listeners.size === 0) return;
    const forStaff = pairs.map((pair) => pair.forStaff);
    const forCustomers = pairs.map((pair) => pair.forCustomers);
    for (const listener of listeners) {
      try {
        listener(sessionId, head, forStaff, forCustomers);
      } catch (error) {
        logger.error({ err: error, sessionId }, 'A listener of the rooms failed');
      }
    }
  };
  const listen = (listener: RoomListener) => {
    const own: RoomListener = (...told) => listener(...told);
    listeners.add(own);
    return () => {
      listeners.delete(own);
    };
  };
  return { announce, listen };
};

/** Opens rooms as they are asked for; knows of what others write only by reading the log. */
export const createRooms = ({ store, log, clock, logger, limits: wanted }: RoomsOptions): Rooms => {
  const limits = { ...defaultLimits, ...wanted };
  const { announce, listen } = createAnnouncer(logger);

  const load = async (sessionId: string): Promise<Room> => {
    const snapshot = await readRoomSnapshot({ log, store }, sessionId);
    if (snapshot === undefined) throw noSession();
    const publish = (head: RoomHead, pairs: readonly EventPair[]) => announce(sessionId, head, pairs);
    return new Room({ sessionId, store, log, clock, limits, publish, logger }, snapshot);
  };
  const rooms = new OpenRooms({ load, clock, limits });

  const ensureMayJoin = async (user: Identity, sessionId: string): Promise<void> => {
    const session = await store.get('supportSessions', sessionId);
    if (session === undefined) throw noSession();
    ensureParticipant(user, session);
  };

  /** Follows the log; a room whose session is gone is let go. */
  const follow = async (sessionId: string): Promise<Room> => {
    const known = rooms.find(sessionId);
    if (known === undefined) return rooms.open(sessionId);
    try {
      await known.replica.readOn();
      return known;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') rooms.drop(sessionId, known);
      throw error;
    }
  };

  return {
    listen,
    ensureMayJoin,
    count: () => rooms.count,
    close: () => rooms.close(),
    apply: async (user, sessionId, operation) => {
      try {
        let room = rooms.find(sessionId);
        if (room === undefined) {
          await ensureMayJoin(user, sessionId);
          room = await rooms.open(sessionId);
        }
        return await room.apply(user, operation);
      } catch (error) {
        return refusalOf(error);
      }
    },
    check: async (user, sessionId, operation) => {
      try {
        await ensureMayJoin(user, sessionId);
        return await (await follow(sessionId)).check(user, operation);
      } catch (error) {
        return refusalOf(error);
      }
    },
    state: async (user, sessionId, from) => {
      await ensureMayJoin(user, sessionId);
      const { replica } = await follow(sessionId);
      // What was read just now may say that the user takes part no more.
      ensureParticipant(user, replica.head.session);
      return joinState(user, sessionId, replica, log, from);
    },
    refresh: async (sessionId) => (await follow(sessionId)).replica.head,
  };
};

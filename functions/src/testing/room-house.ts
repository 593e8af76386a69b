import { onTestFinished } from 'vitest';
import type { RoomOperation } from '../collaboration/rooms/room-operation.ts';
import type { Rooms } from '../collaboration/rooms/rooms.ts';
import { createRooms, type RoomsLimits } from '../collaboration/rooms/rooms-service.ts';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { Identity } from '../ports/identity.ts';
import type { NewLogEntry, SessionLogEntry, SupportSession } from '../ports/records.ts';
import type { LoggedRecordStore, SessionLog } from '../ports/session-log.ts';
import type { NamedDurableEvent, OperationAck, RefusedAck } from '../protocol/realtime.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { person } from './person.ts';
import { sampleSession } from './support-session.ts';

export const customer = person('customer', 'customer-1');
export const stranger = person('customer', 'customer-2');
export const agent = person('agent', 'agent-1');
export const otherAgent = person('agent', 'agent-2');
export const admin = person('admin', 'admin-1');

export const sessionId = 'session-1';

/** The open session of `customer` with `agent`. */
export const openSession = (changes: Partial<SupportSession> = {}): SupportSession => {
  const { duration: _, resolution: __, endedAt: ___, ...open } = sampleSession({ status: 'active' });
  return { ...open, ...changes };
};

/** How an append goes wrong: not at all, or done but its answer is lost. */
type Fault = 'refused' | 'answer-lost' | 'told-moved';

/** A log whose appends can be held back or spoilt. */
export interface SpoilableLog extends SessionLog {
  /** Spoils the next appends, one each. */
  spoil(...faults: Fault[]): void;
  /** Holds appends back until `release` is called; nothing of them is done before. */
  hold(): { release(): void; waiting(): number };
  appends: number;
}

export const spoilable = (log: SessionLog, unavailable: () => Error): SpoilableLog => {
  const faults: Fault[] = [];
  let gate: Promise<void> | undefined;
  let held = 0;
  const spoilt: SpoilableLog = {
    appends: 0,
    read: (...asked) => log.read(...asked),
    snapshot: (...asked) => log.snapshot(...asked),
    operations: (...asked) => log.operations(...asked),
    spoil: (...more) => faults.push(...more),
    hold: () => {
      let open = (): void => undefined;
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return {
        waiting: () => held,
        release: () => {
          gate = undefined;
          open();
        },
      };
    },
    append: async (append) => {
      spoilt.appends += 1;
      if (gate !== undefined) {
        held += 1;
        await gate;
        held -= 1;
      }
      const fault = faults.shift();
      if (fault === 'refused') throw unavailable();
      const outcome = await log.append(append);
      if (fault === 'answer-lost') throw unavailable();
      return fault === 'told-moved' ? { outcome: 'moved', head: outcome.head } : outcome;
    },
  };
  return spoilt;
};

/** One node: its rooms, and everything they told. */
export interface Node {
  rooms: Rooms;
  forStaff: NamedDurableEvent[];
  forCustomers: NamedDurableEvent[];
  do(user: Identity, operation: RoomOperation): Promise<OperationAck | RefusedAck>;
}

export interface RoomHouse {
  store: LoggedRecordStore;
  clock: ManualClock;
  /** Another node over the same store; `log` may be a spoilable one. */
  node(options?: { log?: SessionLog; limits?: Partial<RoomsLimits> }): Node;
  /** Appends as the rest of the product does, with a change of the session. */
  write(entries: readonly NewLogEntry[], change?: Partial<SupportSession>): Promise<void>;
  /** The whole log. */
  entries(): Promise<readonly SessionLogEntry[]>;
}

/** Rooms over the real store, with one open session in it. */
export const openRoomHouse = async (): Promise<RoomHouse> => {
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const clock = createManualClock();
  await store.write((writer) => writer.create('supportSessions', openSession()));
  const node: RoomHouse['node'] = ({ log = store.log, limits } = {}) => {
    const rooms = createRooms({ store, log, clock, limits, logger: createLogger({ level: 'silent' }) });
    const forStaff: NamedDurableEvent[] = [];
    const forCustomers: NamedDurableEvent[] = [];
    rooms.listen((_sessionId, _head, staff, customers) => {
      forStaff.push(...staff);
      forCustomers.push(...customers);
    });
    return {
      rooms,
      forStaff,
      forCustomers,
      do: (user, operation) => rooms.apply(user, sessionId, operation),
    };
  };
  return {
    store,
    clock,
    node,
    write: (entries, change = {}) =>
      store.transaction(async (transaction) => {
        const session = await transaction.get('supportSessions', sessionId);
        if (session === undefined) throw new Error('the session is gone');
        transaction.put('supportSessions', { ...session, ...change });
        await transaction.append(sessionId, new Date(clock.now()).toISOString(), entries);
      }),
    entries: async () => (await store.log.read(sessionId, 0, 1_000)).entries,
  };
};

import type { RoomOperation } from '../collaboration/rooms/room-operation.ts';
import type { RoomHead, RoomListener, Rooms } from '../collaboration/rooms/rooms.ts';
import { AppError } from '../errors/app-error.ts';
import type { Identity } from '../ports/identity.ts';
import type { Annotation } from '../protocol/annotations.ts';
import type { NamedDurableEvent, OperationAck, RefusedAck } from '../protocol/realtime.ts';

/** A session of the rooms below, and who may be in it. */
export interface MemorySession {
  customerId: string;
  agentId: string | undefined;
  status: 'active' | 'completed';
}

/** Rooms kept in memory, with just as much of their behaviour as the door's tests rest on. */
export interface MemoryRooms extends Rooms {
  sessions: Map<string, MemorySession>;
  /** Called before each state is read, so that a test can let things happen in between. */
  beforeState: () => Promise<void>;
  /** Called after each state was read, before it is handed out. */
  afterState: () => Promise<void>;
}

interface Log {
  events: NamedDurableEvent[];
  annotations: Map<string, Annotation>;
  acks: Map<string, OperationAck>;
}

const epoch = 'epoch-1';
const at = '2026-01-31T09:30:00.000Z';

const seenBy = (role: Identity['role'], named: NamedDurableEvent): NamedDurableEvent => {
  const { event, payload } = named;
  if (role !== 'customer' || event !== 'chat:message' || payload.visibility === 'public') return named;
  const { sessionId, seq } = payload;
  return { event: 'session:tick', payload: { sessionId, seq, at, by: 'system' } };
};

export const createMemoryRooms = (sessions: Record<string, MemorySession>): MemoryRooms => {
  const logs = new Map<string, Log>();
  const listeners = new Set<RoomListener>();

  const logOf = (sessionId: string): Log => {
    const known = logs.get(sessionId);
    if (known !== undefined) return known;
    const made: Log = { events: [], annotations: new Map(), acks: new Map() };
    logs.set(sessionId, made);
    return made;
  };

  const ensure = (user: Identity, sessionId: string): MemorySession => {
    const session = rooms.sessions.get(sessionId);
    const allowed =
      session !== undefined &&
      (user.role === 'admin' || user.uid === session.customerId || user.uid === session.agentId);
    if (allowed) return session;
    throw user.role === 'customer' || session === undefined
      ? new AppError('not_found', 'There is no session with this id.')
      : new AppError('forbidden', 'Only the assigned agent or an administrator may do this.');
  };

  const eventOf = (user: Identity, sessionId: string, seq: number, operation: RoomOperation) => {
    const opId = operation.opId ?? `made-${seq}`;
    const envelope = { sessionId, seq, at, by: user.uid, opId };
    if (operation.name === 'chat:message') {
      const { body, visibility = 'public' } = operation;
      const payload = { ...envelope, id: `message-${seq}`, body, visibility };
      return { event: 'chat:message', payload } satisfies NamedDurableEvent;
    }
    if (operation.name !== 'annotation:add') throw new Error(`these rooms know no ${operation.name}`);
    const { id = `annotation-${seq}`, type, data, layer = 'default', page = 1 } = operation;
    const annotation: Annotation = {
      id,
      sessionId,
      userId: user.uid,
      type,
      data,
      timestamp: at,
      layer,
      page,
      seq,
      rev: seq,
      status: 'open',
    };
    logOf(sessionId).annotations.set(id, annotation);
    return { event: 'annotation:added', payload: { ...envelope, ...annotation } } satisfies NamedDurableEvent;
  };

  const headOf = (sessionId: string): RoomHead => {
    const session = rooms.sessions.get(sessionId);
    if (session === undefined) throw new AppError('not_found', 'There is no session with this id.');
    const { agentId, ...facts } = session;
    const held = agentId === undefined ? {} : { agentId };
    return { epoch, seq: logOf(sessionId).events.length, session: { ...facts, ...held } };
  };

  const publish = (sessionId: string, event: NamedDurableEvent): void => {
    const forCustomers = [seenBy('customer', event)];
    for (const listener of listeners) listener(sessionId, headOf(sessionId), [event], forCustomers);
  };

  const commit = (user: Identity, sessionId: string, operation: RoomOperation): OperationAck => {
    const log = logOf(sessionId);
    const known = operation.opId === undefined ? undefined : log.acks.get(`${user.uid}/${operation.opId}`);
    if (known !== undefined) return { ...known, dup: true };
    const seq = log.events.length + 1;
    const event = eventOf(user, sessionId, seq, operation);
    const { id, opId } = event.payload;
    const ack: OperationAck = { ok: true, opId, id, seq, rev: seq, at };
    log.events.push(event);
    log.acks.set(`${user.uid}/${opId}`, ack);
    publish(sessionId, event);
    return ack;
  };

  const refusal = (code: 'session_closed' | 'not_found' | 'forbidden'): RefusedAck => ({
    ok: false,
    code,
    message: code,
    retryable: false,
  });

  const rooms: MemoryRooms = {
    sessions: new Map(Object.entries(sessions)),
    beforeState: async () => undefined,
    afterState: async () => undefined,
    async apply(user, sessionId, operation) {
      try {
        if (ensure(user, sessionId).status === 'completed') return refusal('session_closed');
      } catch {
        return refusal(user.role === 'customer' ? 'not_found' : 'forbidden');
      }
      return commit(user, sessionId, operation);
    },
    check: async () => undefined,
    async state(user, sessionId, from) {
      await rooms.beforeState();
      ensure(user, sessionId);
      const { events, annotations } = logOf(sessionId);
      const seq = events.length;
      const seen = events.map((event) => seenBy(user.role, event));
      const delta = from?.epoch === epoch ? seen.slice(from.since) : undefined;
      const messages = seen.filter(({ event }) => event === 'chat:message');
      const snapshot = { annotations: [...annotations.values()], messages, proofs: [] };
      await rooms.afterState();
      return delta === undefined
        ? { mode: 'snapshot', epoch, seq, ...snapshot }
        : { mode: 'delta', epoch, seq, events: delta };
    },
    async ensureMayJoin(user, sessionId) {
      ensure(user, sessionId);
    },
    refresh: async (sessionId) => headOf(sessionId),
    count: () => logs.size,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: async () => undefined,
  };
  return rooms;
};

/** Holds back who has just read a state, until `release`; `reached` is fulfilled when somebody has. */
export const holdStates = (rooms: MemoryRooms): { reached: Promise<void>; release(): void } => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    rooms.afterState = () => {
      resolve();
      return held;
    };
  });
  return { reached, release: () => release() };
};

import type { Identity } from '../../ports/identity.ts';
import type { Annotation } from '../../protocol/annotations.ts';
import type { ProofSummary } from '../../protocol/proofs.ts';
import type { NamedDurableEvent, OperationAck, RefusedAck } from '../../protocol/realtime.ts';
import type { RoomOperation } from './room-operation.ts';
import type { SessionFacts } from './room-view.ts';

/** Where a session's log stands, and who takes part there. */
export interface RoomHead {
  epoch: string;
  seq: number;
  session: SessionFacts;
}

/** A consistent state to begin with, or exactly what is missing. */
export type RoomState =
  | {
      mode: 'snapshot';
      epoch: string;
      seq: number;
      annotations: Annotation[];
      messages: NamedDurableEvent[];
      proofs: ProofSummary[];
    }
  | { mode: 'delta'; epoch: string; seq: number; events: NamedDurableEvent[] };

/**
 * Tells what was committed, in order of `seq`, one call a session and commit. `forStaff` is what staff may see;
 * `forCustomers` has a tick in place of every event that is for staff only. Both are empty when the log was
 * replaced (another `epoch`): everybody must join anew then. `head.session` is as it stands after the events, so
 * that whoever takes part no more is seen here.
 */
export type RoomListener = (
  sessionId: string,
  head: RoomHead,
  forStaff: readonly NamedDurableEvent[],
  forCustomers: readonly NamedDurableEvent[],
) => void;

/** The rooms of all sessions, as sockets and HTTP both use them; knows neither. */
export interface Rooms {
  /** Does a durable operation; the promise settles after the commit, and never rejects for a refusal. */
  apply(user: Identity, sessionId: string, operation: RoomOperation): Promise<OperationAck | RefusedAck>;
  /** Why the operation would be refused now; for those who have much to do before they can ask for it. */
  check(user: Identity, sessionId: string, operation: RoomOperation): Promise<RefusedAck | undefined>;
  /**
   * What a joining user needs: the delta after `since` when `epoch` still holds and it is short, else a snapshot.
   * AppError `not_found` or `forbidden` for those who may not join.
   */
  state(user: Identity, sessionId: string, from?: { since: number; epoch: string }): Promise<RoomState>;
  /** Throws as `state` does when the user may not take part, without reading the room. */
  ensureMayJoin(user: Identity, sessionId: string): Promise<void>;
  /**
   * Follows the log to its head: what others have written is told to the listeners. Keeps the room in memory;
   * AppError `not_found` when there is no such session.
   */
  refresh(sessionId: string): Promise<RoomHead>;
  /** Is told of every commit until it is taken off again. */
  listen(listener: RoomListener): () => void;
  /** Rooms that are in memory, for metrics. */
  count(): number;
  /** Finishes what is under way; whoever comes later gets `unavailable`. */
  close(): Promise<void>;
}

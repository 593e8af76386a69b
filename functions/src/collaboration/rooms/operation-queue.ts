import { logLimits } from '../../ports/log-limits.ts';
import type { OperationAck, RefusedAck } from '../../protocol/realtime.ts';
import type { KnownOperation } from './known-operations.ts';
import type { OperationRequest } from './operation-request.ts';
import type { Deletion } from './room-view.ts';

/** An operation that waits for its answer. */
export interface PendingOperation {
  request: OperationRequest;
  settle(ack: OperationAck | RefusedAck): void;
  /** It was part of an append, whose answer may have been lost: what stands in the log may be this very try. */
  attempted: boolean;
  /** What the log says of it, as far as it was looked up there. */
  earlier?: KnownOperation | undefined;
  /** What the records say of the deletion it asks for. */
  deletion?: Deletion | undefined;
  /** The last mark on the proof it decides on, from before the room was opened. */
  touched?: number | undefined;
  lookedUp: boolean;
}

/** An operation with the answer that it gets when the batch is committed; none when it must go on. */
export interface PlannedOperation {
  pending: PendingOperation;
  ack: OperationAck | RefusedAck | undefined;
  /** It has entries in the batch. */
  makes: boolean;
}

/** Operations that may wait in one room; more are refused, so that memory stays bounded. */
const mostWaiting = 1_000;

/** The operations of one room that wait for their answers, in the order in which they came. */
export class OperationQueue {
  #waiting: PendingOperation[] = [];
  /** How many are tried one by one, because one of them spoilt a batch. */
  #singly = 0;

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  get full(): boolean {
    return this.#waiting.length >= mostWaiting;
  }

  add(request: OperationRequest, settle: PendingOperation['settle']): void {
    this.#waiting.push({ request, settle, attempted: false, lookedUp: false });
  }

  /** Those that may be committed next, together. */
  next(): readonly PendingOperation[] {
    return this.#waiting.slice(0, this.#singly > 0 ? 1 : logLimits.entries);
  }

  /** Lets the next ones be tried one by one, so that the one that fails harms no other. */
  trySingly(count: number): void {
    this.#singly = count;
  }

  /** Answers the first operations; one that must go on stays the first. */
  settle(planned: readonly PlannedOperation[]): void {
    const answered = planned.filter(({ ack }) => ack !== undefined);
    this.#waiting.splice(0, answered.length);
    this.#singly = Math.max(0, this.#singly - answered.length);
    for (const { pending, ack } of answered) if (ack !== undefined) pending.settle(ack);
  }

  settleOne(pending: PendingOperation, ack: OperationAck | RefusedAck): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== pending);
    pending.settle(ack);
  }

  refuseAll(refusal: RefusedAck): void {
    const refused = this.#waiting;
    this.#waiting = [];
    this.#singly = 0;
    for (const { settle } of refused) settle(refusal);
  }
}

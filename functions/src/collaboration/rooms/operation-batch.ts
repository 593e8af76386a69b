import { AppError } from '../../errors/app-error.ts';
import { placeEntry } from '../../ports/log-entry.ts';
import { logLimits } from '../../ports/log-limits.ts';
import type { NewLogEntry, Time } from '../../ports/records.ts';
import type { OperationAck, RefusedAck } from '../../protocol/realtime.ts';
import type { KnownOperation } from './known-operations.ts';
import type { Plan, RoomLimits } from './operation-plan.ts';
import type { PendingOperation, PlannedOperation } from './operation-queue.ts';
import type { OperationRequest } from './operation-request.ts';
import { planOperation } from './plan-operation.ts';
import { refusalOf } from './refusal.ts';
import { RoomDraft } from './room-draft.ts';
import type { RoomReplica } from './room-replica.ts';

/** Operations, from the front of the queue, that are committed together. */
export interface OperationBatch {
  at: Time;
  planned: PlannedOperation[];
  entries: NewLogEntry[];
  draft: RoomDraft;
}

interface BatchOptions {
  sessionId: string;
  replica: RoomReplica;
  limits: RoomLimits;
  at: Time;
}

/** UTF-16 units that surely fit into an append, at three bytes a unit. */
const mostUnits = Math.floor(logLimits.appendBytes / 3);

const reused = new AppError('operation_id_reused', 'This opId stands for another operation: use a new one.');

/** The first ack again, or a refusal when the content is another (rule RT3). */
export const ackOfKnown = (pending: PendingOperation, known: KnownOperation): OperationAck | RefusedAck => {
  const { request, attempted } = pending;
  if (request.named && known.contentHash !== request.contentHash) return refusalOf(reused);
  const { id, seq, at } = known;
  return { ok: true, opId: request.opId, id, seq, rev: seq, at, ...(!attempted && { dup: true }) };
};

/** Fills one batch: each operation is decided on the session as those before it leave it. */
class BatchPlanner {
  readonly batch: OperationBatch;
  readonly #options: BatchOptions;
  readonly #own = new Map<string, KnownOperation>();
  #units = 0;

  constructor(options: BatchOptions) {
    this.#options = options;
    this.batch = { at: options.at, planned: [], entries: [], draft: new RoomDraft(options.replica.state) };
  }

  /** Takes the operation in; false when it has to wait for the next batch, and so have those behind it. */
  take(pending: PendingOperation): boolean {
    const known = this.#known(pending);
    if (known !== undefined) return this.#answer(pending, ackOfKnown(pending, known));
    const { request } = pending;
    const plan = planOperation(this.batch.draft, request, this.#options.limits, pending);
    if (plan.outcome === 'entries') return this.#takeEntries(pending, plan);
    return this.#answer(pending, plan.outcome === 'refused' ? plan.refusal : doneBefore(request, plan));
  }

  #answer(pending: PendingOperation, ack: OperationAck | RefusedAck): boolean {
    this.batch.planned.push({ pending, ack, makes: false });
    return true;
  }

  #known(pending: PendingOperation): KnownOperation | undefined {
    const { key } = pending.request;
    return this.#own.get(key) ?? this.#options.replica.known.find(key) ?? pending.earlier;
  }

  #takeEntries(pending: PendingOperation, plan: Extract<Plan, { outcome: 'entries' }>): boolean {
    if (!this.#fits(pending.request, plan.entries)) return false;
    const { sessionId, replica, at } = this.#options;
    const { entries, draft, planned } = this.batch;
    const { key, opId, contentHash, named } = pending.request;
    for (const entry of plan.entries) {
      entries.push(entry);
      draft.apply(placeEntry(sessionId, replica.state.seq + entries.length, at, entry));
    }
    const seq = replica.state.seq + entries.length;
    const { id, complete } = plan;
    const ack = complete ? ({ ok: true, opId, id, seq, rev: seq, at } as const) : undefined;
    planned.push({ pending, ack, makes: true });
    this.#own.set(key, { id, seq, at, contentHash: named ? contentHash : undefined });
    return complete;
  }

  /** Whether the limits of an append leave room; a single operation is always tried. */
  #fits(request: OperationRequest, added: readonly NewLogEntry[]): boolean {
    const { entries, draft } = this.batch;
    const records = added.reduce((sum, entry) => sum + recordsOf(entry), 0);
    const writes = entries.length + added.length + draft.recordCount + records;
    this.#units += 2 * request.size + draft.sizeOf(added[0]?.subjectId ?? '');
    const within =
      entries.length + added.length <= logLimits.entries &&
      writes <= logLimits.writes &&
      this.#units <= mostUnits;
    return within || entries.length === 0;
  }
}

const recordsOf = ({ data }: NewLogEntry): number => (Array.isArray(data.ids) ? data.ids.length : 1);

const doneBefore = (
  { opId }: OperationRequest,
  { id, seq, at }: Extract<Plan, { outcome: 'done' }>,
): OperationAck => ({ ok: true, opId, id, seq, rev: seq, at, dup: true });

/** As many of the operations, from the first on, as fit into one append. */
export const planBatch = (pending: readonly PendingOperation[], options: BatchOptions): OperationBatch => {
  const planner = new BatchPlanner(options);
  for (const operation of pending) if (!planner.take(operation)) break;
  return planner.batch;
};

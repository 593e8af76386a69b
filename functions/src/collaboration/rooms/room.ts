import { AppError } from '../../errors/app-error.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { AppendOutcome } from '../../ports/session-log.ts';
import type { OperationAck, RefusedAck } from '../../protocol/realtime.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { ackOfKnown, type OperationBatch, planBatch } from './operation-batch.ts';
import { lookUp, needsLookup } from './operation-lookup.ts';
import type { RoomLimits } from './operation-plan.ts';
import { OperationQueue } from './operation-queue.ts';
import { requestOf } from './operation-request.ts';
import { planOperation } from './plan-operation.ts';
import { refusalOf } from './refusal.ts';
import type { RoomOperation } from './room-operation.ts';
import { type RoomPublisher, RoomReplica } from './room-replica.ts';
import type { RoomSnapshot, RoomSources } from './room-snapshot.ts';

export interface RoomOptions extends RoomSources {
  sessionId: string;
  clock: Clock;
  limits: RoomLimits;
  publish: RoomPublisher;
  /** Where failures that nobody expects are told. */
  logger: Pick<Logger, 'error'>;
}

/** Times a batch is tried when others keep appending first. */
const mostMisses = 100;
const retryAfterMs = 1_000;
/** What an annotation, a proof or a run of its pages weighs beside its data, and a room beside its content: the operations it knows. */
const recordWeight = 500;
const emptyWeight = 100_000;

const busy = new AppError('unavailable', 'The session is too busy: send it again in a moment.', {
  retryAfterMs,
});

/** Failures that lie in one operation of a batch, and leave the log as it was. */
const isOfOneOperation = (error: unknown): boolean =>
  error instanceof AppError &&
  ['already_exists', 'payload_too_large', 'validation_failed'].includes(error.code);

/**
 * One session's room on this node. Operations are decided on the state at the head of the log and appended on
 * condition that it is still the head; while an append is under way the next batch gathers. Acks and events follow
 * the commit (rule RT2), and a refusal is only given on a state that was seen to be the newest.
 */
export class Room {
  readonly replica: RoomReplica;
  readonly #options: RoomOptions;
  readonly #queue = new OperationQueue();
  #working: Promise<void> | undefined;
  #misses = 0;

  constructor(options: RoomOptions, snapshot: RoomSnapshot) {
    this.#options = options;
    this.replica = new RoomReplica(options, snapshot);
  }

  /** Whether operations wait for their answers. */
  get busy(): boolean {
    return this.#working !== undefined;
  }

  /** Roughly what it holds in memory, in UTF-16 units. */
  get weight(): number {
    const { state, recent } = this.replica;
    const said = state.messages.reduce((sum, { data }) => sum + String(data.body).length, 0);
    const pages = [...state.proofs()].reduce((sum, proof) => sum + proof.pages.length, 0);
    const records = (state.count + state.proofCount + pages) * recordWeight;
    return state.size + said + recent.size + records + emptyWeight;
  }

  /** Why an operation would be refused on the session as it stands; undefined when it would not, or was done. */
  async check(user: Identity, operation: RoomOperation): Promise<RefusedAck | undefined> {
    const { sessionId, log, limits } = this.#options;
    const request = requestOf(user, operation);
    const plan = planOperation(this.replica.state, request, limits);
    if (plan.outcome !== 'refused') return undefined;
    const isResend = request.named && (await log.operations(sessionId, [request.key])).length > 0;
    return isResend ? undefined : plan.refusal;
  }

  /** Settles after the commit; never rejects. */
  apply(user: Identity, operation: RoomOperation): Promise<OperationAck | RefusedAck> {
    if (this.#queue.full) return Promise.resolve(refusalOf(busy));
    const request = requestOf(user, operation);
    return new Promise((settle) => {
      this.#queue.add(request, settle);
      this.#working ??= this.#work();
    });
  }

  /** Waits until every operation has its answer. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    while (!this.#queue.empty) {
      try {
        await this.#round();
      } catch (error) {
        this.#giveUp(error);
      }
    }
    this.#working = undefined;
  }

  async #round(): Promise<void> {
    const { sessionId, clock, limits } = this.#options;
    const { replica } = this;
    const lookup = { ...this.#options, replica };
    const candidates = this.#queue.next();
    if (candidates.some((pending) => needsLookup(lookup, pending))) await lookUp(lookup, candidates);
    const batch = planBatch(candidates, { sessionId, replica, limits, at: isoTime(clock.now()) });
    if (batch.entries.length > 0) await this.#commit(batch);
    else await this.#answer(batch);
  }

  /** Nothing to commit: refusals still need a look whether the state they rest on is the newest. */
  async #answer(batch: OperationBatch): Promise<void> {
    const { epoch, seq } = this.replica.position;
    if (batch.planned.some(({ ack }) => ack?.ok === false)) await this.replica.readOn();
    const now = this.replica.position;
    if (now.epoch === epoch && now.seq === seq) this.#queue.settle(batch.planned);
  }

  async #commit(batch: OperationBatch): Promise<void> {
    const { sessionId, log } = this.#options;
    for (const { pending, makes } of batch.planned) pending.attempted ||= makes;
    let outcome: AppendOutcome;
    try {
      outcome = await log.append({
        sessionId,
        expected: this.replica.position,
        at: batch.at,
        entries: batch.entries,
        changes: (writer) => batch.draft.write(writer),
      });
    } catch (error) {
      await this.#afterFailure(batch, error);
      return;
    }
    if (outcome.outcome === 'moved') {
      await this.#afterMove();
      return;
    }
    this.#misses = 0;
    this.replica.advance(outcome.entries);
    this.#queue.settle(batch.planned);
  }

  /** Others were faster, or an earlier try of this very batch was: what stands there decides the next round. */
  async #afterMove(): Promise<void> {
    this.#misses += 1;
    if (this.#misses > mostMisses) throw busy;
    await this.replica.readOn();
  }

  async #afterFailure(batch: OperationBatch, error: unknown): Promise<void> {
    if (!isOfOneOperation(error)) {
      await this.#acknowledgeWhatStands(batch);
      throw error;
    }
    if (batch.planned.length > 1) this.#queue.trySingly(batch.planned.length);
    else this.#queue.settle(batch.planned.map((one) => ({ ...one, ack: refusalOf(error) })));
  }

  /** The outcome is not known: what can be read in the log was committed, and its sender is told so. */
  async #acknowledgeWhatStands(batch: OperationBatch): Promise<void> {
    try {
      await this.replica.readOn();
    } catch {
      // The log cannot be read either: the senders learn the outcome when they send again.
      return;
    }
    for (const { pending, makes } of batch.planned) {
      const known = this.replica.known.find(pending.request.key);
      if (makes && known !== undefined) this.#queue.settleOne(pending, ackOfKnown(pending, known));
    }
  }

  /**
   * Refuses everything that waits, not only what failed: a later operation must not pass an earlier one of the
   * same author that will be sent again.
   */
  #giveUp(error: unknown): void {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') {
      this.#options.logger.error({ err: error, sessionId: this.#options.sessionId }, 'A room failed');
    }
    const retry = refusal.retryable ? { retryAfterMs: refusal.retryAfterMs ?? retryAfterMs } : {};
    this.#misses = 0;
    this.#queue.refuseAll({ ...refusal, ...retry });
  }
}

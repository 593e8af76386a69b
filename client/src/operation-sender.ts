import { ask } from './ask.ts';
import { Backoff } from './backoff.ts';
import type { Operation } from './operation.ts';
import type { Outbox } from './outbox.ts';
import type { OperationAck, RefusedAck } from './protocol.ts';
import { isAboutToken, isRefused, refusal } from './refusal.ts';
import type { SessionState } from './session-state.ts';
import type { Surroundings } from './surroundings.ts';
import type { Link } from './transport.ts';

export type OperationAnswer = OperationAck | RefusedAck;

export interface OperationSenderOptions {
  sessionId: string;
  state: SessionState;
  outbox: Outbox;
  surroundings: Surroundings;
  /** An operation was answered, or waits again; what is pending has changed. */
  changed(): void;
  /** An operation was refused for good and taken back. */
  refused(operation: Operation, refusal: RefusedAck): void;
  /** The connection is of no use, or its token is not. */
  broken(why: 'silent' | 'token'): void;
  /** The outbox could not keep or let go of something; operations are sent all the same. */
  outboxFailed(error: unknown): void;
}

/**
 * Sends operations one after the other. The next one goes when the one before is answered: with more under way,
 * one that the server refuses for a while would be overtaken by those behind it (rule RT10).
 */
export class OperationSender {
  readonly #options: OperationSenderOptions;
  readonly #backoff: Backoff;
  readonly #answers = new Map<string, (answer: OperationAnswer) => void>();
  #link: Link | undefined;
  #isSending = false;
  #cancelRetry: (() => void) | undefined;

  constructor(options: OperationSenderOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.surroundings.random);
  }

  /** Reads what an earlier page left behind. */
  async load(): Promise<void> {
    const { outbox, state, outboxFailed, changed } = this.#options;
    try {
      state.restore(await outbox.load());
      changed();
    } catch (error) {
      outboxFailed(error);
    }
  }

  /** Takes an operation; the promise never rejects. */
  take(operation: Operation): Promise<OperationAnswer> {
    const { state, outbox, changed } = this.#options;
    state.ask(operation);
    this.#keep(outbox.add(operation));
    changed();
    const answer = new Promise<OperationAnswer>((resolve) => {
      this.#answers.set(operation.opId, resolve);
    });
    this.#send();
    return answer;
  }

  /** The session is joined on this connection: operations may go. */
  begin(link: Link): void {
    if (this.#link === link) return;
    this.pause();
    this.#link = link;
    this.#send();
  }

  /** The connection is gone: what was under way is sent again on the next one. */
  pause(): void {
    this.#link = undefined;
    this.#isSending = false;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
  }

  /** Nobody will send any more; what was not answered stays in the outbox. */
  end(): void {
    this.pause();
    const unanswered = refusal('unavailable', 'The client was closed before an answer came.', true);
    for (const answer of this.#answers.values()) answer(unanswered);
    this.#answers.clear();
  }

  #send(): void {
    const { sessionId, state, surroundings } = this.#options;
    const link = this.#link;
    const operation = state.nextOperation;
    if (link === undefined || operation === undefined || this.#isSending || this.#cancelRetry) return;
    this.#isSending = true;
    const { name, payload, opId } = operation;
    ask(link, surroundings, name, { ...payload, sessionId, opId }, (answer) => {
      if (this.#link === link) this.#answered(operation, answer);
    });
  }

  #answered(operation: Operation, answer: unknown): void {
    const { state, broken } = this.#options;
    this.#isSending = false;
    if (answer === undefined) broken('silent');
    else if (!isRefused(answer)) {
      state.done(answer as OperationAck);
      this.#settle(operation, answer as OperationAck);
    } else if (isAboutToken(answer)) broken('token');
    else if (answer.retryable) this.#sendLater(answer.retryAfterMs);
    else {
      state.refused(operation.opId);
      this.#settle(operation, answer);
      this.#options.refused(operation, answer);
    }
  }

  #settle({ opId }: Operation, answer: OperationAnswer): void {
    this.#backoff.reset();
    this.#keep(this.#options.outbox.remove(opId));
    this.#answers.get(opId)?.(answer);
    this.#answers.delete(opId);
    this.#options.changed();
    this.#send();
  }

  #sendLater(retryAfterMs?: number): void {
    const waitMs = retryAfterMs ?? this.#backoff.next();
    this.#cancelRetry = this.#options.surroundings.after(waitMs, () => {
      this.#cancelRetry = undefined;
      this.#send();
    });
  }

  #keep(work: Promise<void>): void {
    work.catch(this.#options.outboxFailed);
  }
}

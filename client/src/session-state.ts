import { ConfirmedState, type Message, type Position, type Reception } from './confirmed-state.ts';
import type { Operation } from './operation.ts';
import { type Draft, drawPending, PendingOperations } from './pending-operations.ts';
import {
  isEphemeral,
  joined,
  nobody,
  type People,
  peopleAfter,
  whileAway,
  withoutDrawing,
} from './people-state.ts';
import type {
  Annotation,
  EphemeralEvents,
  JoinedAck,
  NamedDurableEvent,
  OperationAck,
  ProofSummary,
} from './protocol.ts';

/** The session as its user sees it: confirmed state with the own pending operations on top. */
export interface SessionView extends People {
  sessionId: string;
  /** Undefined until the session was joined for the first time. */
  position: Position | undefined;
  /** In the order of the session; those with `rev` 0 are not confirmed yet. */
  annotations: readonly Annotation[];
  /** Oldest first; those with `seq` 0 are not confirmed yet. */
  messages: readonly Message[];
  /** Every version of every artwork, in the order of the session. */
  proofs: readonly ProofSummary[];
  /** Operations that the server has not answered yet, in the order in which they go out. */
  pending: readonly Operation[];
}

type Content = Pick<SessionView, 'annotations' | 'messages' | 'proofs' | 'pending'>;

/** What came of something that the server said. */
export interface Advance {
  /** Durable events that were applied, in order. */
  applied: NamedDurableEvent[];
  /** Whether events are known to be missing. */
  missing: boolean;
}

export interface SessionStateOptions {
  sessionId: string;
  /** The user, when known before the first join. */
  userId?: string | undefined;
}

/**
 * All that a client knows of a session, without network, clock or chance: the same calls give the same state.
 * What it hands out is never changed afterwards.
 */
export class SessionState {
  readonly #sessionId: string;
  readonly #givenUserId: string;
  readonly #confirmed = new ConfirmedState();
  readonly #pending = new PendingOperations();
  #people: People = nobody;
  #content: Content | undefined;
  #view: SessionView | undefined;

  constructor({ sessionId, userId = '' }: SessionStateOptions) {
    this.#sessionId = sessionId;
    this.#givenUserId = userId;
  }

  get position(): Position | undefined {
    return this.#confirmed.position;
  }

  /** Empty while it is not known. */
  get userId(): string {
    return this.#people.you?.userId ?? this.#givenUserId;
  }

  /** The only operation that may be sent now. */
  get nextOperation(): Operation | undefined {
    return this.#pending.next;
  }

  get view(): SessionView {
    this.#content ??= this.#draw();
    this.#view ??= {
      sessionId: this.#sessionId,
      position: this.#confirmed.position,
      ...this.#content,
      ...this.#people,
    };
    return this.#view;
  }

  /** Takes an operation that its user has asked for; it shows at once. */
  ask(operation: Operation): void {
    this.#pending.add(operation);
    this.#contentChanged();
  }

  /** Takes what an earlier page left behind; it comes before what was asked for since. */
  restore(operations: readonly Operation[]): void {
    this.#pending.restore(operations);
    this.#contentChanged();
  }

  /** The server has done an operation; it shows as pending until its event is here. */
  done({ opId, seq }: Pick<OperationAck, 'opId' | 'seq'>): void {
    this.#pending.done(opId, seq);
    this.#pending.prune(this.#seq);
    this.#contentChanged();
  }

  /** The server has refused an operation for good; what it showed is taken back. */
  refused(opId: string): void {
    this.#pending.remove(opId);
    this.#contentChanged();
  }

  /** Applies the answer to session:join. */
  join(ack: JoinedAck): Advance {
    this.#setPeople(joined(this.#people, ack));
    if (ack.mode === 'delta') return this.catchUp(ack);
    if (this.#confirmed.position?.epoch !== ack.epoch) this.#pending.forgetPlaces();
    return this.#advance(this.#confirmed.reset(ack), true);
  }

  /** Applies a list of missing events; some are still missing when it ends before `seq`. */
  catchUp({ seq, events = [] }: { seq: number; events?: readonly NamedDurableEvent[] }): Advance {
    const applied = events.flatMap((event) => this.#confirmed.receive(event).applied);
    const advance = this.#advance(applied);
    return { ...advance, missing: advance.missing || this.#seq < seq };
  }

  /** Applies a durable event as it came over the wire: known ones change nothing. */
  receive(event: NamedDurableEvent): Advance & { reception: Reception } {
    const { reception, applied } = this.#confirmed.receive(event);
    return { reception, ...this.#advance(applied) };
  }

  /** Where the server says the log stands; true when this state is of another log or has missed its end. */
  isBehind({ epoch, seq }: Position): boolean {
    const { position } = this.#confirmed;
    return position !== undefined && (position.epoch !== epoch || position.seq < seq);
  }

  /** Somebody does something that only the moment needs. */
  hear<Name extends keyof EphemeralEvents>(event: Name, payload: EphemeralEvents[Name]): void {
    if (isEphemeral(event)) this.#setPeople(peopleAfter(this.#people, event, payload));
  }

  /** The connection is gone: what others do right now is not known. */
  away(): void {
    this.#setPeople(whileAway(this.#people));
  }

  /** A preview was not followed by anything. */
  forgetDrawing(userId: string, id: string): void {
    this.#setPeople(withoutDrawing(this.#people, (other, drawing) => other === userId && drawing.id === id));
  }

  get #seq(): number {
    return this.#confirmed.position?.seq ?? 0;
  }

  #advance(applied: NamedDurableEvent[], isReset = false): Advance {
    if (isReset || applied.length > 0) {
      this.#pending.shownBy(applied, this.userId);
      this.#pending.prune(this.#seq);
      const changed = new Set(applied.map(({ payload }) => ('id' in payload ? payload.id : '')));
      this.#setPeople(withoutDrawing(this.#people, (_userId, { id }) => changed.has(id)));
      this.#contentChanged();
    }
    return { applied, missing: this.#confirmed.hasGap };
  }

  #draw(): Content {
    const draft: Draft = {
      sessionId: this.#sessionId,
      userId: this.userId,
      annotations: new Map(this.#confirmed.annotations),
      messages: [...this.#confirmed.messages],
    };
    for (const operation of this.#pending.notShown(this.#seq)) drawPending(draft, operation);
    const { unanswered: pending } = this.#pending;
    const annotations = [...draft.annotations.values()];
    const proofs = [...this.#confirmed.proofs.values()];
    return { annotations, messages: draft.messages, proofs, pending };
  }

  #contentChanged(): void {
    this.#content = undefined;
    this.#view = undefined;
  }

  #setPeople(people: People): void {
    if (people === this.#people) return;
    // Own operations show whose they are.
    if (people.you?.userId !== this.#people.you?.userId) this.#content = undefined;
    this.#people = people;
    this.#view = undefined;
  }
}

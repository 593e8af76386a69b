import type {
  Annotation,
  DurableEvent,
  Handover,
  NamedDurableEvent,
  ProofSummary,
  SuggestionSource,
  Visibility,
} from './protocol.ts';

/** A chat message, or a comment on an annotation. */
export interface Message {
  /** Of the message; of its operation while it is not confirmed. */
  id: string;
  /** Place in the order of the session; 0 while it is not confirmed. */
  seq: number;
  at: string;
  /** A user's id, `system` or `assistant`. */
  by: string;
  body: string;
  visibility: Visibility;
  /** Only of a comment. */
  annotationId?: string;
  /** Only of the assistant: what its words rest on. */
  sources?: SuggestionSource[];
  /** Only of the assistant: a person takes over, and why. */
  handover?: Handover;
  /** The operation it came from, which names it before and after it is confirmed. */
  opId?: string;
}

/** Where a session's log is followed to. */
export interface Position {
  epoch: string;
  seq: number;
}

/** What came of an event: `gap` when it is further on than the next one, so that some are missing. */
export type Reception = 'applied' | 'dropped' | 'gap';

/** What can be said of the state at one position, as an answer to session:join brings it. */
export interface Snapshot extends Position {
  annotations: readonly Annotation[];
  messages: readonly NamedDurableEvent[];
  proofs: readonly ProofSummary[];
}

/** Events kept that came before those that should have come first; the server is asked for those in any case. */
const maximumAhead = 1_000;

const annotationOf = (event: DurableEvent<'annotation:added'>): Annotation => {
  const { at: _, by: __, opId: ___, ...annotation } = event;
  return annotation;
};

const ofAssistant = ({ sources, handover }: DurableEvent<'chat:message'>): Partial<Message> => ({
  ...(sources !== undefined && { sources }),
  ...(handover !== undefined && { handover }),
});

const proofOf = (event: DurableEvent<'proof:added'>): ProofSummary => {
  const { at: _, by: __, opId: ___, ...proof } = event;
  return proof;
};

const messageOf = ({ event, payload }: NamedDurableEvent): Message | undefined => {
  if (event !== 'chat:message' && event !== 'comment:added') return undefined;
  const { id, seq, at, by, opId, body } = payload;
  const common = { id, seq, at, by, body, ...(opId !== undefined && { opId }) };
  return event === 'chat:message'
    ? { ...common, visibility: payload.visibility, ...ofAssistant(payload) }
    : { ...common, visibility: 'public', annotationId: payload.annotationId };
};

/** A session as the server has confirmed it: the fold of its durable events. Knows neither clock nor network. */
export class ConfirmedState {
  #position: Position | undefined;
  #annotations = new Map<string, Annotation>();
  #messages: Message[] = [];
  #proofs = new Map<string, ProofSummary>();
  readonly #ahead = new Map<number, NamedDurableEvent>();

  /** Undefined until the first snapshot. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** As they stand; to be copied by whoever keeps them. */
  get annotations(): ReadonlyMap<string, Annotation> {
    return this.#annotations;
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** As they stand; to be copied by whoever keeps them. */
  get proofs(): ReadonlyMap<string, ProofSummary> {
    return this.#proofs;
  }

  /** Whether something is known to be missing. */
  get hasGap(): boolean {
    return this.#ahead.size > 0;
  }

  /** Begins anew from a state; what came early and follows it is applied and returned. */
  reset({ epoch, seq, annotations, messages, proofs }: Snapshot): NamedDurableEvent[] {
    if (this.#position?.epoch !== epoch) this.#ahead.clear();
    this.#position = { epoch, seq };
    this.#annotations = new Map(annotations.map((annotation) => [annotation.id, annotation]));
    this.#messages = messages.map(messageOf).filter((message) => message !== undefined);
    this.#proofs = new Map(proofs.map((proof) => [proof.id, proof]));
    return this.#catchUp();
  }

  /** The rule of RT4: known ones are dropped, the next one is applied, one further on shows that some are missing. */
  receive(event: NamedDurableEvent): { reception: Reception; applied: NamedDurableEvent[] } {
    const { seq } = event.payload;
    if (this.#position === undefined || seq <= this.#position.seq)
      return { reception: 'dropped', applied: [] };
    if (seq > this.#position.seq + 1) {
      if (this.#ahead.size < maximumAhead) this.#ahead.set(seq, event);
      return { reception: 'gap', applied: [] };
    }
    this.#apply(event);
    return { reception: 'applied', applied: [event, ...this.#catchUp()] };
  }

  /** Applies what came early as far as nothing is missing any more. */
  #catchUp(): NamedDurableEvent[] {
    const applied: NamedDurableEvent[] = [];
    for (const seq of this.#ahead.keys()) if (seq <= this.#seq) this.#ahead.delete(seq);
    for (let next = this.#takeNext(); next !== undefined; next = this.#takeNext()) {
      this.#apply(next);
      applied.push(next);
    }
    return applied;
  }

  get #seq(): number {
    return this.#position?.seq ?? 0;
  }

  #takeNext(): NamedDurableEvent | undefined {
    const next = this.#ahead.get(this.#seq + 1);
    this.#ahead.delete(this.#seq + 1);
    return next;
  }

  #apply(named: NamedDurableEvent): void {
    this.#position = { epoch: this.#position?.epoch ?? '', seq: named.payload.seq };
    const message = messageOf(named);
    if (message !== undefined) this.#messages = [...this.#messages, message];
    switch (named.event) {
      case 'annotation:added':
        if (!this.#annotations.has(named.payload.id))
          this.#annotations.set(named.payload.id, annotationOf(named.payload));
        return;
      case 'annotation:updated':
        this.#change(named.payload.id, () => named.payload.annotation);
        return;
      case 'annotation:resolved': {
        const { id, rev, resolved } = named.payload;
        this.#change(id, (before) => ({ ...before, rev, status: resolved ? 'resolved' : 'open' }));
        return;
      }
      case 'annotation:deleted':
        this.#annotations.delete(named.payload.id);
        return;
      case 'annotation:cleared':
        for (const id of named.payload.ids) this.#annotations.delete(id);
        return;
      case 'proof:added':
        this.#proofs.set(named.payload.id, proofOf(named.payload));
        return;
      case 'proof:decided':
        this.#decide(named.payload);
    }
  }

  #decide({ id, rev, status, decision }: DurableEvent<'proof:decided'>): void {
    const proof = this.#proofs.get(id);
    if (proof !== undefined) this.#proofs.set(id, { ...proof, rev, status, decision });
  }

  /** What is not there was deleted, and delete wins (rule RT6). */
  #change(id: string, change: (annotation: Annotation) => Annotation): void {
    const before = this.#annotations.get(id);
    if (before !== undefined) this.#annotations.set(id, change(before));
  }
}

import type { SessionLogEntry, StoredAnnotation } from '../../ports/records.ts';
import type { Proof } from '../../protocol/proofs.ts';
import { effectsOf, noteTouched } from './entry-effects.ts';
import type { RoomSnapshot } from './room-snapshot.ts';
import { keptMessages } from './room-snapshot.ts';
import type { Deletion, HeldAnnotation, RoomView, SessionFacts } from './room-view.ts';

/** Deletions that a room remembers by itself. */
const keptDeletions = 5_000;

const isSaid = ({ kind }: SessionLogEntry): boolean => kind === 'message' || kind === 'comment:added';

const withoutDeleted = ({ deleted: _, ...annotation }: StoredAnnotation): HeldAnnotation => annotation;

const oldestOf = <Key>(map: ReadonlyMap<Key, unknown>): Key | undefined => {
  for (const key of map.keys()) return key;
  return undefined;
};

/**
 * A session as its log says: the same entries give the same state, whoever applies them and whenever. Knows
 * neither clock nor chance, and what it hands out is never changed afterwards.
 */
export class SessionState implements RoomView {
  readonly epoch: string;
  #seq: number;
  #session: SessionFacts;
  readonly #annotations = new Map<string, HeldAnnotation>();
  readonly #deletions = new Map<string, Deletion>();
  readonly #proofs = new Map<string, Proof>();
  readonly #touched = new Map<string, number>();
  /** The place from which on it is known what touched a proof. */
  readonly since: number;
  #messages: SessionLogEntry[];
  #size = 0;

  constructor({ position, session, annotations, messages, proofs }: RoomSnapshot) {
    this.epoch = position.epoch;
    this.#seq = position.seq;
    const { customerId, agentId, status } = session;
    this.#session = { customerId, status, ...(agentId !== undefined && { agentId }) };
    for (const annotation of annotations) this.#keep(withoutDeleted(annotation));
    for (const proof of proofs) this.#proofs.set(proof.id, proof);
    this.#messages = [...messages];
    this.since = position.seq;
  }

  /** The place up to which the log is applied. */
  get seq(): number {
    return this.#seq;
  }

  get session(): SessionFacts {
    return this.#session;
  }

  get count(): number {
    return this.#annotations.size;
  }

  get size(): number {
    return this.#size;
  }

  /** The newest ones, oldest first. */
  get messages(): readonly SessionLogEntry[] {
    return this.#messages.slice(-keptMessages);
  }

  annotation(id: string): HeldAnnotation | undefined {
    return this.#annotations.get(id);
  }

  sizeOf(id: string): number {
    return this.#annotations.get(id)?.data.text.length ?? 0;
  }

  deletion(id: string): Deletion | undefined {
    return this.#deletions.get(id);
  }

  annotations(): Iterable<HeldAnnotation> {
    return this.#annotations.values();
  }

  get proofCount(): number {
    return this.#proofs.size;
  }

  proof(id: string): Proof | undefined {
    return this.#proofs.get(id);
  }

  proofs(): Iterable<Proof> {
    return this.#proofs.values();
  }

  touched(proofId: string): number {
    return this.#touched.get(proofId) ?? 0;
  }

  /** Applies the next entry; false, and nothing changed, when it is not the next one. */
  apply(entry: SessionLogEntry): boolean {
    if (entry.seq !== this.#seq + 1) return false;
    noteTouched(this.#touched, this, entry);
    const { changed, removed = [], session, proof } = effectsOf(this, entry);
    if (proof !== undefined) this.#proofs.set(proof.id, proof);
    if (changed !== undefined) this.#keep(changed);
    for (const id of removed) this.#remove(id, entry);
    if (session !== undefined) this.#session = session;
    if (isSaid(entry)) this.#say(entry);
    this.#seq = entry.seq;
    return true;
  }

  #keep(annotation: HeldAnnotation): void {
    this.#size += annotation.data.text.length - this.sizeOf(annotation.id);
    this.#annotations.set(annotation.id, annotation);
  }

  #remove(id: string, { seq, at }: SessionLogEntry): void {
    this.#size -= this.sizeOf(id);
    this.#annotations.delete(id);
    this.#deletions.set(id, { seq, at });
    const oldest = oldestOf(this.#deletions);
    if (this.#deletions.size > keptDeletions && oldest !== undefined) this.#deletions.delete(oldest);
  }

  #say(entry: SessionLogEntry): void {
    this.#messages.push(entry);
    if (this.#messages.length >= 2 * keptMessages) this.#messages = this.#messages.slice(-keptMessages);
  }
}

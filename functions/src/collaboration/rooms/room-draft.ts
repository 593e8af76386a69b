import type { SessionLogEntry, StoredAnnotation } from '../../ports/records.ts';
import type { LogChanges } from '../../ports/session-log.ts';
import { JsonText } from '../../protocol/json-text.ts';
import type { Proof } from '../../protocol/proofs.ts';
import { effectsOf, noteTouched } from './entry-effects.ts';
import type { Deletion, HeldAnnotation, RoomView, SessionFacts } from './room-view.ts';

interface DraftRecord {
  record: StoredAnnotation;
  /** Not yet among the records: its id may be taken. */
  isNew: boolean;
}

const noDrawing = new JsonText('null');

/** A proof is decided on once, so the decision's audit can have its id. */
const auditDecision = (writer: LogChanges, { id, sessionId, sha256, status, decision }: Proof): void => {
  if (decision === undefined) return;
  const data = { sessionId, sha256, status, seq: decision.seq };
  writer.create('audit', {
    id,
    at: decision.at,
    actorId: decision.by,
    action: 'proof:decide',
    subjectId: id,
    data,
  });
};

const writeProof = (writer: LogChanges, proof: Proof): void => {
  if (proof.decision === undefined) writer.create('proofs', proof);
  else writer.put('proofs', proof);
  auditDecision(writer, proof);
};

/**
 * A session as it will stand when entries that are not committed yet are: a layer over the state, which is thrown
 * away when the commit fails, and from which the records to write are taken.
 */
export class RoomDraft implements RoomView {
  readonly #base: RoomView;
  readonly #records = new Map<string, DraftRecord>();
  readonly #deletions = new Map<string, Deletion>();
  readonly #proofs = new Map<string, Proof>();
  readonly #touched = new Map<string, number>();
  #session: SessionFacts;
  #count: number;
  #size: number;

  constructor(base: RoomView) {
    this.#base = base;
    this.#session = base.session;
    this.#count = base.count;
    this.#size = base.size;
  }

  get session(): SessionFacts {
    return this.#session;
  }

  get seq(): number {
    return this.#base.seq;
  }

  get count(): number {
    return this.#count;
  }

  get size(): number {
    return this.#size;
  }

  /** Records that will be written. */
  get recordCount(): number {
    return this.#records.size + 2 * this.#proofs.size;
  }

  get proofCount(): number {
    return [...this.proofs()].length;
  }

  annotation(id: string): HeldAnnotation | undefined {
    const drafted = this.#records.get(id);
    if (drafted === undefined) return this.#base.annotation(id);
    const { deleted, ...annotation } = drafted.record;
    return deleted ? undefined : annotation;
  }

  sizeOf(id: string): number {
    const drafted = this.#records.get(id);
    if (drafted === undefined) return this.#base.sizeOf(id);
    return drafted.record.deleted ? 0 : drafted.record.data.text.length;
  }

  deletion(id: string): Deletion | undefined {
    return this.#deletions.get(id) ?? this.#base.deletion(id);
  }

  *annotations(): Iterable<HeldAnnotation> {
    for (const { id } of this.#base.annotations()) {
      const annotation = this.annotation(id);
      if (annotation !== undefined) yield annotation;
    }
    for (const [id, { isNew }] of this.#records) {
      const annotation = isNew ? this.annotation(id) : undefined;
      if (annotation !== undefined) yield annotation;
    }
  }

  proof(id: string): Proof | undefined {
    return this.#proofs.get(id) ?? this.#base.proof(id);
  }

  *proofs(): Iterable<Proof> {
    for (const proof of this.#base.proofs()) yield this.#proofs.get(proof.id) ?? proof;
    for (const proof of this.#proofs.values()) if (this.#base.proof(proof.id) === undefined) yield proof;
  }

  touched(proofId: string): number {
    return this.#touched.get(proofId) ?? this.#base.touched(proofId);
  }

  apply(entry: SessionLogEntry): void {
    noteTouched(this.#touched, this, entry);
    const { changed, removed = [], session, proof } = effectsOf(this, entry);
    if (proof !== undefined) this.#proofs.set(proof.id, proof);
    for (const id of removed) this.#remove(id, entry);
    if (changed !== undefined) this.#change(changed);
    if (session !== undefined) this.#session = session;
  }

  /** Writes the records as the entries leave them. */
  write(writer: LogChanges): void {
    for (const { record, isNew } of this.#records.values()) {
      if (isNew) writer.create('annotations', record);
      else writer.put('annotations', record);
    }
    for (const proof of this.#proofs.values()) writeProof(writer, proof);
  }

  #change(annotation: HeldAnnotation): void {
    const { id } = annotation;
    const isNew = this.#isNew(id);
    if (this.annotation(id) === undefined) this.#count += 1;
    this.#size += annotation.data.text.length - this.sizeOf(id);
    this.#records.set(id, { record: { ...annotation, deleted: false }, isNew });
  }

  /** The tombstone keeps the id taken and the deletion known; what was drawn is not needed any more. */
  #remove(id: string, { seq, at }: SessionLogEntry): void {
    const annotation = this.annotation(id);
    if (annotation === undefined) return;
    const isNew = this.#isNew(id);
    this.#count -= 1;
    this.#size -= this.sizeOf(id);
    this.#deletions.set(id, { seq, at });
    this.#records.set(id, { record: { ...annotation, data: noDrawing, rev: seq, deleted: true }, isNew });
  }

  #isNew(id: string): boolean {
    return this.#records.get(id)?.isNew ?? this.#base.annotation(id) === undefined;
  }
}

import type { StoredAnnotation, SupportSession } from '../../ports/records.ts';
import type { JsonValue } from '../../protocol/annotation-data.ts';
import type { Annotation } from '../../protocol/annotations.ts';
import type { Proof, ProofSummary } from '../../protocol/proofs.ts';

/** What a room decides on beside its annotations: who takes part, and whether the session is still open. */
export type SessionFacts = Pick<SupportSession, 'customerId' | 'agentId' | 'status'>;

/** An annotation that is not deleted, as a room holds it. */
export type HeldAnnotation = Omit<StoredAnnotation, 'deleted'>;

/** The annotation as the protocol has it: written as JSON, a text of JSON is what it says. */
export const asTold = (annotation: HeldAnnotation): Annotation => ({
  ...annotation,
  data: annotation.data as unknown as JsonValue,
});

/** A proof as events and joins tell of it. */
export const summaryOf = ({ pages: _, ...summary }: Proof): ProofSummary => summary;

/** The tombstone of an annotation. */
export interface Deletion {
  seq: number;
  at: string;
}

/** A session as it stands at one place of its log; everything that an operation is judged by. */
export interface RoomView {
  readonly session: SessionFacts;
  /** The last place that anybody can have seen. */
  readonly seq: number;
  /** Annotations that are not deleted. */
  readonly count: number;
  /** Their `data` as JSON, in UTF-16 units. */
  readonly size: number;
  annotation(id: string): HeldAnnotation | undefined;
  /** 0 when there is no such annotation. */
  sizeOf(id: string): number;
  /** Only of deletions that are remembered; the records know all. */
  deletion(id: string): Deletion | undefined;
  /** In order of `seq`. */
  annotations(): Iterable<HeldAnnotation>;
  readonly proofCount: number;
  proof(id: string): Proof | undefined;
  /** In order of `seq`. */
  proofs(): Iterable<Proof>;
  /** The place of the last mark or comment on a proof, as far as it came while the room was open; else 0. */
  touched(proofId: string): number;
}

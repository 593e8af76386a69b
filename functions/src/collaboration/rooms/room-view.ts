import type { SupportSession } from '../../ports/records.ts';
import type { Annotation } from '../../protocol/annotations.ts';
import { keptJsonOf } from '../../protocol/json-text.ts';
import type { Proof, ProofSummary } from '../../protocol/proofs.ts';

/** What a room decides on beside its annotations: who takes part, and whether the session is still open. */
export type SessionFacts = Pick<SupportSession, 'customerId' | 'agentId' | 'status'>;

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
  annotation(id: string): Annotation | undefined;
  /** 0 when there is no such annotation. */
  sizeOf(id: string): number;
  /** Only of deletions that are remembered; the records know all. */
  deletion(id: string): Deletion | undefined;
  /** In order of `seq`. */
  annotations(): Iterable<Annotation>;
  readonly proofCount: number;
  proof(id: string): Proof | undefined;
  /** In order of `seq`. */
  proofs(): Iterable<Proof>;
  /** The place of the last mark or comment on a proof, as far as it came while the room was open; else 0. */
  touched(proofId: string): number;
}

/** Size of an annotation's `data`, which is never changed, as JSON in UTF-16 units. */
export const dataSize = ({ data }: Annotation): number => keptJsonOf(data).length;

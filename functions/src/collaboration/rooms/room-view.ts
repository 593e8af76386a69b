import type { SupportSession } from '../../ports/records.ts';
import type { Annotation } from '../../protocol/annotations.ts';

/** What a room decides on beside its annotations: who takes part, and whether the session is still open. */
export type SessionFacts = Pick<SupportSession, 'customerId' | 'agentId' | 'status'>;

/** The tombstone of an annotation. */
export interface Deletion {
  seq: number;
  at: string;
}

/** A session as it stands at one place of its log; everything that an operation is judged by. */
export interface RoomView {
  readonly session: SessionFacts;
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
}

/** Data is never changed once it is there, so each is measured once. */
const sizes = new WeakMap<object, number>();

const measure = (data: unknown): number => JSON.stringify(data).length;

/** Size of an annotation's `data` as JSON, in UTF-16 units. */
export const dataSize = ({ data }: Annotation): number => {
  if (typeof data !== 'object' || data === null) return measure(data);
  const known = sizes.get(data) ?? measure(data);
  sizes.set(data, known);
  return known;
};

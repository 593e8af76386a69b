import type { NewLogEntry } from '../../ports/records.ts';
import type { RefusedAck } from '../../protocol/realtime.ts';
import type { RoomEntryData } from './entry-data.ts';
import type { OperationRequest } from './operation-request.ts';
import type { RoomOperationName } from './room-operation.ts';
import type { Deletion, RoomView } from './room-view.ts';

/** How much one session may hold. */
export interface RoomLimits {
  /** Annotations that are not deleted. */
  annotations: number;
  /** Their `data` together as JSON, in UTF-16 units. */
  size: number;
  /** Versions of artwork. */
  proofs: number;
}

/** What an operation comes to on a session as it stands. */
export type Plan =
  /** Entries to commit; `complete` is false when the same operation must go on after them. */
  | { outcome: 'entries'; id: string; entries: readonly NewLogEntry[]; complete: boolean }
  /** Nothing is left to do: it was done before, at this place. */
  | { outcome: 'done'; id: string; seq: number; at: string }
  | { outcome: 'refused'; refusal: RefusedAck };

/** The request of one kind of operation. */
type RequestFor<Name extends RoomOperationName> = OperationRequest & {
  operation: Extract<OperationRequest['operation'], { name: Name }>;
};

/** What a plan is made from. */
export interface Planning<Name extends RoomOperationName> {
  view: RoomView;
  request: RequestFor<Name>;
  operation: RequestFor<Name>['operation'];
  limits: RoomLimits;
  /** A deletion that only the records know, of the annotation that the operation is about. */
  deletion?: Deletion | undefined;
  /** The last mark, before the room was opened, on the proof that the operation decides on. */
  touched?: number | undefined;
}

/** The entry that an operation makes. */
export const entryOf = <Kind extends keyof RoomEntryData>(
  { user, key, contentHash, named }: OperationRequest,
  kind: Kind,
  subjectId: string,
  data: RoomEntryData[Kind],
  visibility: NewLogEntry['visibility'] = 'public',
): NewLogEntry => {
  const entry = {
    kind,
    authorId: user.uid,
    visibility,
    subjectId,
    operation: key,
    data: data as Record<string, unknown>,
  };
  return named ? { ...entry, contentHash } : entry;
};

/** The plan of an operation that makes one entry. */
export const one = (id: string, entry: NewLogEntry): Plan => ({
  outcome: 'entries',
  id,
  entries: [entry],
  complete: true,
});

import type { SessionLogEntry } from '../../ports/records.ts';
import { entryData, subjectOf } from './entry-data.ts';
import type { PendingOperation } from './operation-queue.ts';
import type { RoomReplica } from './room-replica.ts';
import type { RoomSources } from './room-snapshot.ts';

interface TouchedOptions extends RoomSources {
  sessionId: string;
  replica: RoomReplica;
}

/** Entries that are looked through; whoever has seen less than that has not seen what there is. */
const mostEntries = 1_000;

/** Whether the operation decides on what was seen before the room was opened, and so before it noted marks. */
export const mayBeTouched = (
  { replica }: TouchedOptions,
  { request: { operation } }: PendingOperation,
): boolean => operation.name === 'proof:decide' && operation.seq < replica.state.since;

const marked = (entry: SessionLogEntry): string | undefined => {
  if (entry.kind === 'comment:added') return entryData(entry, 'comment:added').annotationId;
  return entry.kind.startsWith('annotation:') ? subjectOf(entry) : undefined;
};

/** Whether an entry is about marks on the proof; clearing many at once counts as being about any. */
const touches = async (
  { store }: TouchedOptions,
  entry: SessionLogEntry,
  proofId: string,
): Promise<boolean> => {
  if (entry.kind === 'annotation:cleared') return true;
  const id = marked(entry);
  if (id === undefined) return false;
  // Records of deleted annotations stay, and still say what they were drawn on.
  return (await store.get('annotations', id))?.proofId === proofId;
};

/** The place of a mark or comment on the proof after what was seen, up to the opening of the room; else 0. */
export const findTouched = async (
  options: TouchedOptions,
  { request: { operation } }: PendingOperation,
): Promise<number> => {
  if (operation.name !== 'proof:decide') return 0;
  const { replica, log, sessionId } = options;
  const { since } = replica.state;
  if (since - operation.seq > mostEntries) return since;
  const { entries } = await log.read(sessionId, operation.seq, mostEntries);
  for (const entry of entries) {
    if (entry.seq <= since && (await touches(options, entry, operation.id))) return entry.seq;
  }
  return 0;
};

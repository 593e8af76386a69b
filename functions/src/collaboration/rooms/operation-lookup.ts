import { maxOperationsPerLookup } from '../../ports/log-limits.ts';
import { subjectOf } from './entry-data.ts';
import type { PendingOperation } from './operation-queue.ts';
import type { RoomReplica } from './room-replica.ts';
import type { RoomSources } from './room-snapshot.ts';
import type { Deletion } from './room-view.ts';
import { findTouched, mayBeTouched } from './touched-lookup.ts';

export interface LookupOptions extends RoomSources {
  sessionId: string;
  replica: RoomReplica;
}

/** The annotation whose deletion is asked for and that the room does not know, live or deleted. */
const unknownDeletion = ({ replica }: LookupOptions, { request }: PendingOperation): string | undefined => {
  const { operation } = request;
  if (operation.name !== 'annotation:delete') return undefined;
  const { id } = operation;
  const known = replica.state.annotation(id) !== undefined || replica.state.deletion(id) !== undefined;
  return known ? undefined : id;
};

const mayBeOlder = ({ replica }: LookupOptions, { request }: PendingOperation): boolean =>
  request.named && replica.known.completeAfter > 0 && replica.known.find(request.key) === undefined;

/** Whether something about an operation stands only in the log or in the records. */
export const needsLookup = (options: LookupOptions, pending: PendingOperation): boolean =>
  !pending.lookedUp &&
  (mayBeOlder(options, pending) ||
    unknownDeletion(options, pending) !== undefined ||
    mayBeTouched(options, pending));

const findOlder = async ({ log, sessionId }: LookupOptions, pending: readonly PendingOperation[]) => {
  for (let from = 0; from < pending.length; from += maxOperationsPerLookup) {
    const some = pending.slice(from, from + maxOperationsPerLookup);
    const entries = await log.operations(
      sessionId,
      some.map(({ request }) => request.key),
    );
    const byKey = new Map(entries.map((entry) => [entry.operation, entry]));
    for (const operation of some) {
      const entry = byKey.get(operation.request.key);
      if (entry === undefined) continue;
      const { seq, at, contentHash } = entry;
      operation.earlier = { id: subjectOf(entry), seq, at, contentHash };
    }
  }
};

const findDeletion = async (
  { store, log, sessionId }: LookupOptions,
  id: string,
): Promise<Deletion | undefined> => {
  const record = await store.get('annotations', id);
  if (record === undefined || !record.deleted || record.sessionId !== sessionId) return undefined;
  const { entries } = await log.read(sessionId, record.rev - 1, 1);
  return { seq: record.rev, at: entries[0]?.at ?? record.timestamp };
};

/** Looks up what the room does not hold: resends of old operations, and deletions of long ago. */
export const lookUp = async (options: LookupOptions, pending: readonly PendingOperation[]): Promise<void> => {
  if (options.replica.mustLearn) await options.replica.learn();
  const open = pending.filter((operation) => !operation.lookedUp);
  await findOlder(
    options,
    open.filter((operation) => mayBeOlder(options, operation)),
  );
  for (const operation of open) {
    const id = unknownDeletion(options, operation);
    if (id !== undefined) operation.deletion = await findDeletion(options, id);
    if (mayBeTouched(options, operation)) operation.touched = await findTouched(options, operation);
    operation.lookedUp = true;
  }
};

import type { DocumentReference, DocumentSnapshot, Timestamp, Transaction } from 'firebase-admin/firestore';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import { applyWrite } from './apply-writes.ts';
import type { Documents } from './document-names.ts';
import { alreadyExists, wasBeaten } from './failure.ts';
import type { DocumentWrite } from './unit-writes.ts';

/** What was read and must still be so at the commit; no time means that there was no such document. */
export interface DocumentRead {
  /** Names what was read, for those who lose a race for it. */
  key: string;
  ref: DocumentReference;
  updateTime: Timestamp | undefined;
}

export interface TransactionUnit {
  reads: readonly DocumentRead[];
  writes: readonly DocumentWrite[];
}

interface CommitOptions {
  documents: Documents;
  calls: ServiceCalls;
}

/** Thrown inside the SDK's transaction, which lets go of its locks then. */
class Changed extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`${key} was changed`);
    this.key = key;
  }
}

const isSame = (a: Timestamp | undefined, b: Timestamp | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.isEqual(b);

const changedAmong = (
  reads: readonly DocumentRead[],
  now: ReadonlyMap<string, DocumentSnapshot>,
): string | undefined =>
  reads.find(({ ref, updateTime }) => !isSame(now.get(ref.path)?.updateTime, updateTime))?.key;

const needsLook = ({ mustBeNew, effect }: DocumentWrite): boolean => mustBeNew || effect.kind === 'add';

const byPath = (snapshots: readonly DocumentSnapshot[]): Map<string, DocumentSnapshot> =>
  new Map(snapshots.map((snapshot) => [snapshot.ref.path, snapshot]));

const refsOf = ({ reads, writes }: TransactionUnit): DocumentReference[] => {
  const refs = [...reads, ...writes.filter(needsLook)].map(({ ref }) => ref);
  return [...new Map(refs.map((ref) => [ref.path, ref])).values()];
};

const checkAndWrite = async (transaction: Transaction, unit: TransactionUnit): Promise<void> => {
  const refs = refsOf(unit);
  const found = refs.length === 0 ? [] : await transaction.getAll(...refs, { fieldMask: ['id'] });
  const now = byPath(found);
  const changed = changedAmong(unit.reads, now);
  if (changed !== undefined) throw new Changed(changed);
  const isThere = (ref: DocumentReference): boolean => now.get(ref.path)?.exists === true;
  if (unit.writes.some(({ mustBeNew, ref }) => mustBeNew && isThere(ref))) throw alreadyExists();
  for (const write of unit.writes) {
    // Asked for once more at the commit: not every server locks what is not there.
    const mustBeNew = write.mustBeNew || now.get(write.ref.path)?.exists === false;
    applyWrite(transaction, { ...write, mustBeNew: mustBeNew && write.effect.kind !== 'delete' }, isThere);
  }
};

/** Whether all that was read was so at one moment. */
const readTogether = async (
  { documents, calls }: CommitOptions,
  reads: readonly DocumentRead[],
): Promise<string | undefined> => {
  const refs = reads.map(({ ref }) => ref);
  const found = await calls.make(() => documents.firestore.getAll(...refs, { fieldMask: ['id'] }));
  return changedAmong(reads, byPath(found));
};

/**
 * Writes if nothing of what was read has changed; else tells the key of what did. The documents are locked only
 * from the look at them to the commit, never while the work runs.
 */
export const commitTransaction = async (
  options: CommitOptions,
  unit: TransactionUnit,
): Promise<string | undefined> => {
  const { documents, calls } = options;
  if (unit.writes.length === 0) return unit.reads.length < 2 ? undefined : readTogether(options, unit.reads);
  try {
    await calls.make(() =>
      documents.firestore.runTransaction((transaction) => checkAndWrite(transaction, unit), {
        maxAttempts: 1,
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof Changed) return error.key;
    if (wasBeaten(error)) return unit.reads[0]?.key ?? unit.writes[0]?.ref.path;
    throw error;
  }
};

import { allRecords } from '../../ports/every-record.ts';
import type { RecordReader } from '../../ports/record-store.ts';
import type { LogSnapshot, SessionLog } from '../../ports/session-log.ts';
import type { Proof } from '../../protocol/proofs.ts';

/** Messages and comments that a room keeps for those who join. */
export const keptMessages = 200;

/** A session at one place of its log, with its proofs. */
export interface RoomSnapshot extends LogSnapshot {
  /** In order of `seq`. */
  proofs: readonly Proof[];
}

export interface RoomSources {
  log: SessionLog;
  store: Pick<RecordReader, 'get' | 'list'>;
}

/** A proof changes once, by its decision: without that it is as it was before. */
const asOf = (proof: Proof, seq: number): Proof => {
  if (proof.rev <= seq) return proof;
  const { decision: _, ...undecided } = proof;
  return { ...undecided, status: 'open', rev: proof.seq };
};

const readProofs = (store: RoomSources['store'], sessionId: string): Promise<Proof[]> =>
  allRecords(store, 'proofs', {
    where: [{ field: 'sessionId', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'ascending',
  });

/** The records may be ahead of the log's snapshot, which is read first; what they say later is left to the log. */
export const readRoomSnapshot = async (
  { log, store }: RoomSources,
  sessionId: string,
): Promise<RoomSnapshot | undefined> => {
  const snapshot = await log.snapshot(sessionId, keptMessages);
  if (snapshot === undefined) return undefined;
  const { seq } = snapshot.position;
  const proofs = (await readProofs(store, sessionId)).filter((proof) => proof.seq <= seq);
  return { ...snapshot, proofs: proofs.map((proof) => asOf(proof, seq)) };
};

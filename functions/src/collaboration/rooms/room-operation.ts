import type { ProofFormat } from '../../protocol/enumerations.ts';
import type { DecideProof, ProofPageRun, UploadProof } from '../../protocol/proofs.ts';
import type { ClientEvent, OperationName } from '../../protocol/realtime.ts';

/** A stored file that becomes a proof; whoever asks has read from it what is said of it. */
export interface AddProof extends UploadProof {
  name: string;
  /** The file's, and so the proof's. */
  id: string;
  format: ProofFormat;
  size: number;
  sha256: string;
  pages: ProofPageRun[];
}

/** What clients ask for over HTTP only: it goes with a file, or is for one person to say. */
interface ProofOperations {
  'proof:add': { proof: Omit<AddProof, 'opId'>; opId?: string | undefined };
  'proof:decide': DecideProof & { id: string };
}

/** A durable operation as it was asked for, validated. */
export type RoomOperation =
  | { [Name in OperationName]: { name: Name } & Omit<ClientEvent<Name>, 'sessionId'> }[OperationName]
  | { [Name in keyof ProofOperations]: { name: Name } & ProofOperations[Name] }[keyof ProofOperations];

export type RoomOperationName = RoomOperation['name'];

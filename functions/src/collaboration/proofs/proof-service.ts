import type { Readable } from 'node:stream';
import { ensureParticipant } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { ByteRange, Files, StoredFile } from '../../ports/files.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Page, RecordReader } from '../../ports/record-store.ts';
import type { PageQuery } from '../../protocol/common.ts';
import type { DecideProof, Proof, UploadProof } from '../../protocol/proofs.ts';
import { accepted, failureOf } from '../rooms/refusal.ts';
import type { RoomOperation } from '../rooms/room-operation.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { artworkProblem } from './artwork-problem.ts';
import { inspectArtwork } from './inspect-artwork.ts';
import type { UploadNotes } from './upload-notes.ts';

export interface ProofOptions {
  store: RecordReader;
  files: Files;
  rooms: Pick<Rooms, 'apply' | 'check'>;
  notes: Pick<UploadNotes, 'begin' | 'settle'>;
  /** Bytes of one file. */
  maximumBytes: number;
}

/** The artwork of sessions: files, with records and log entries that the rooms make of them. */
export interface ProofService {
  maximumBytes: number;
  upload(user: Identity, sessionId: string, upload: UploadProof, file: Readable): Promise<Proof>;
  list(user: Identity, sessionId: string, query: PageQuery): Promise<Page<Proof>>;
  /** The proof, and how to open its file. */
  find(user: Identity, id: string): Promise<{ proof: Proof; open(range: ByteRange): Promise<Readable> }>;
  decide(user: Identity, id: string, decision: DecideProof): Promise<Proof>;
}

const noProof = (): AppError => new AppError('not_found', 'There is no proof with this id.');
const noSession = (): AppError => new AppError('not_found', 'There is no session with this id.');

type AddOperation = Extract<RoomOperation, { name: 'proof:add' }>;

/** What is asked of the room before there is a file, so that nobody sends one in vain. */
const probeOf = ({ opId, ...upload }: UploadProof): AddOperation => {
  const unknown = { format: 'png', size: 1, sha256: '', pages: [] } as const;
  return { name: 'proof:add', opId, proof: { ...upload, ...unknown, pages: [], id: newId() } };
};

export const createProofService = (options: ProofOptions): ProofService => {
  const { store, files, rooms, notes, maximumBytes } = options;

  const stored = async (id: string): Promise<Proof> => {
    const proof = await store.get('proofs', id);
    if (proof === undefined) throw noProof();
    return proof;
  };

  const ensureMayUpload = async (user: Identity, sessionId: string, upload: UploadProof): Promise<void> => {
    const refusal = await rooms.check(user, sessionId, probeOf(upload));
    if (refusal !== undefined) throw failureOf(refusal);
  };

  /** Tells by the stored file what it is, and lets the room make a proof of it; gives the proof's id. */
  const add = async (
    user: Identity,
    sessionId: string,
    { opId, name, replaces }: UploadProof,
    { id, size, sha256 }: StoredFile & { id: string },
  ): Promise<string> => {
    if (size === 0) throw artworkProblem('The file is empty.');
    const artwork = await inspectArtwork(files, { id, size, name });
    const proof = { id, name, ...(replaces !== undefined && { replaces }), size, sha256, ...artwork };
    return accepted(await rooms.apply(user, sessionId, { name: 'proof:add', opId, proof })).id;
  };

  const findIn = async (user: Identity, id: string): Promise<Proof> => {
    const proof = await stored(id);
    const session = await store.get('supportSessions', proof.sessionId);
    if (session === undefined) throw noProof();
    try {
      ensureParticipant(user, session);
    } catch (error) {
      throw error instanceof AppError && error.code === 'not_found' ? noProof() : error;
    }
    return proof;
  };

  return {
    maximumBytes,
    upload: async (user, sessionId, upload, file) => {
      await ensureMayUpload(user, sessionId, upload);
      const id = newId();
      await notes.begin(id);
      try {
        const put = await files.put(id, file, maximumBytes);
        const addedId = await add(user, sessionId, upload, { ...put, id });
        // What cannot be settled now is settled later, and changes nothing for whoever uploaded.
        await notes.settle(id).catch(() => undefined);
        return await stored(addedId);
      } catch (error) {
        if (await notes.settle(id).catch(() => false)) return stored(id);
        throw error;
      }
    },
    list: async (user, sessionId, { limit, cursor }) => {
      const session = await store.get('supportSessions', sessionId);
      if (session === undefined) throw noSession();
      ensureParticipant(user, session);
      return store.list('proofs', {
        where: [{ field: 'sessionId', operator: '==', value: sessionId }],
        orderBy: 'seq',
        direction: 'descending',
        limit,
        cursor,
      });
    },
    find: async (user, id) => {
      const proof = await findIn(user, id);
      return { proof, open: (range) => files.read(id, range) };
    },
    decide: async (user, id, decision) => {
      const { sessionId } = await findIn(user, id);
      accepted(await rooms.apply(user, sessionId, { name: 'proof:decide', id, ...decision }));
      return stored(id);
    },
  };
};

import { ensureIsCustomerOf } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Proof } from '../../protocol/proofs.ts';
import { entryOf, one, type Plan, type Planning } from './operation-plan.ts';
import type { RoomView } from './room-view.ts';

/** AppError `not_found` when the session has no such proof. */
const proofIn = (view: RoomView, id: string): Proof => {
  const proof = view.proof(id);
  if (proof === undefined) throw new AppError('not_found', 'There is no proof with this id.');
  return proof;
};

/** AppError `proof_outdated` when another version has taken its place. */
const ensureNewest = (view: RoomView, { id }: Proof): void => {
  for (const { replaces, version } of view.proofs()) {
    if (replaces !== id) continue;
    throw new AppError('proof_outdated', `Version ${version} has replaced this one: go on with that.`);
  }
};

const invalid = (path: string, message: string): AppError =>
  new AppError('validation_failed', message, { errors: [{ path, message }] });

const replacedBy = (view: RoomView, replaces: string): Proof => {
  const proof = view.proof(replaces);
  if (proof === undefined) throw invalid('replaces', 'The session has no proof with the id in `replaces`.');
  ensureNewest(view, proof);
  return proof;
};

export const planProof = ({ view, request, operation, limits }: Planning<'proof:add'>): Plan => {
  const { id, replaces, ...file } = operation.proof;
  if (view.proofCount >= limits.proofs) {
    throw new AppError('session_full', `A session holds at most ${limits.proofs} proofs.`);
  }
  const place =
    replaces === undefined ? { version: 1 } : { version: replacedBy(view, replaces).version + 1, replaces };
  return one(id, entryOf(request, 'proof:added', id, { ...file, ...place }));
};

/** A decision is about what its customer has seen: that file, with the marks and comments that are on it. */
export const planDecision = ({ view, request, operation, touched = 0 }: Planning<'proof:decide'>): Plan => {
  const { id, decision, sha256, seq, comment } = operation;
  const proof = proofIn(view, id);
  ensureIsCustomerOf(request.user, view.session);
  ensureUndecided(view, id);
  if (seq > view.seq)
    throw invalid('seq', `Name the last place that was seen: the session is at ${view.seq}.`);
  if (proof.sha256 !== sha256) throw new AppError('proof_outdated', 'This is not the file that you saw.');
  ensureNewest(view, proof);
  if (Math.max(touched, view.touched(id), proof.seq) > seq) {
    throw new AppError('proof_outdated', 'Something was marked on it since `seq`: look at it first.');
  }
  const seen = { decision, sha256, seq, ...(comment !== undefined && { comment }) };
  return one(id, entryOf(request, 'proof:decided', id, seen));
};

/** AppError `proof_decided` for marks on a version that the customer has decided on. */
export const ensureUndecided = (view: RoomView, proofId: string | undefined): void => {
  const status = proofId === undefined ? undefined : view.proof(proofId)?.status;
  if (status === undefined || status === 'open') return;
  throw new AppError('proof_decided', 'The customer has decided on this version: mark up the next one.');
};

/** AppError `validation_failed` when there is no such proof here, or it does not show such a page. */
export const ensurePage = (view: RoomView, proofId: string | undefined, page: number): void => {
  if (proofId === undefined) return;
  const proof = view.proof(proofId);
  if (proof === undefined) throw invalid('proofId', 'The session has no proof with the id in `proofId`.');
  if (page <= proof.pageCount) return;
  throw invalid(
    'page',
    proof.pageCount === 0
      ? 'This proof is for download only: nothing can be drawn on it.'
      : `The proof has ${proof.pageCount} pages.`,
  );
};

import { create as contentDisposition } from 'content-disposition';
import { z } from 'zod';
import { operation } from '../../gateway/operation.ts';
import { pageQuerySchema } from '../../protocol/common.ts';
import {
  decideProofSchema,
  proofListSchema,
  proofParametersSchema,
  proofSchema,
  uploadProofQuerySchema,
} from '../../protocol/proofs.ts';
import { sessionParametersSchema } from '../../protocol/sessions.ts';
import { mediaTypes } from './artwork-format.ts';
import type { ProofService } from './proof-service.ts';

const tag = 'Proofs';
const [firstType = '', ...otherTypes] = Object.values(mediaTypes);

/** Names may have been paths where they come from; where they go to they must be none. */
const fileNameOf = (name: string): string => name.replace(/[/\\]/g, '_');

const fileReply = (description: string) => ({
  description,
  schema: z.string().meta({ format: 'binary' }),
  contentType: firstType,
  otherContentTypes: otherTypes,
});

const uploadOperation = (proofs: ProofService) =>
  operation({
    id: 'uploadProof',
    method: 'post',
    path: '/api/v1/sessions/{id}/proofs',
    tag,
    summary: 'Upload artwork, or a new version of it',
    description:
      'The body is the file as it is: `curl --data-binary @label.pdf`, or `fetch(url, {method: "POST", body: file})`; ' +
      'its name is in the query. The type is told by the content: PNG, JPEG and PDF are shown, TIFF, PSD, AI, EPS ' +
      'and SVG are for download. A proof never changes: a new file is a new version of the one that `replaces` names. ' +
      'The room hears `proof:added`. A resend with the same `opId` and file gets the same proof.',
    params: sessionParametersSchema,
    query: uploadProofQuerySchema,
    takesFile: { description: 'The bytes of the file', limitBytes: proofs.maximumBytes },
    replies: { 201: { description: 'The proof', schema: proofSchema } },
    errors: ['not_found', 'session_closed', 'session_full', 'proof_outdated', 'operation_id_reused'],
    handle: async ({ user, params: { id }, query, file }) => ({
      status: 201,
      body: await proofs.upload(user, id, query, file),
    }),
  });

const readOperations = (proofs: ProofService) => [
  operation({
    id: 'listProofs',
    method: 'get',
    path: '/api/v1/sessions/{id}/proofs',
    tag,
    summary: 'List the artwork of a session, newest first',
    description: 'Every version, with its pages: equal ones that follow each other once, with their `count`.',
    params: sessionParametersSchema,
    query: pageQuerySchema,
    replies: { 200: { description: 'A page of proofs', schema: proofListSchema } },
    errors: ['not_found', 'malformed_cursor'],
    handle: async ({ user, params: { id }, query }) => ({
      status: 200,
      body: await proofs.list(user, id, query),
    }),
  }),
  operation({
    id: 'downloadProof',
    method: 'get',
    path: '/api/v1/proofs/{id}',
    tag,
    summary: 'Download the file of a proof',
    description: 'Takes a `Range`; the `ETag` is the SHA-256 of the file.',
    params: proofParametersSchema,
    replies: {
      200: fileReply('The file'),
      206: fileReply('The part that was asked for'),
    },
    errors: ['not_found', 'range_not_satisfiable'],
    handle: async ({ user, params: { id } }) => {
      const { proof, open } = await proofs.find(user, id);
      const { name, size, sha256, format } = proof;
      return {
        status: 200,
        headers: { 'Content-Disposition': contentDisposition(fileNameOf(name)) },
        file: { size, entityTag: `"${sha256}"`, contentType: mediaTypes[format], open },
      };
    },
  }),
];

const decideOperation = (proofs: ProofService) =>
  operation({
    id: 'decideProof',
    method: 'post',
    path: '/api/v1/proofs/{id}/decision',
    tag,
    summary: 'Approve or reject a proof',
    description:
      'For the session’s customer, once. It is bound to what the customer saw: the file with this `sha256`, and the ' +
      'session up to `seq`; marks or comments on the proof after that answer `proof_outdated`. From then on the ' +
      'marks on this version stay as they are. The room hears `proof:decided`.',
    params: proofParametersSchema,
    body: decideProofSchema,
    replies: { 200: { description: 'The proof with its decision', schema: proofSchema } },
    errors: ['not_found', 'session_closed', 'proof_decided', 'proof_outdated', 'operation_id_reused'],
    handle: async ({ user, params: { id }, body }) => ({
      status: 200,
      body: await proofs.decide(user, id, body),
    }),
  });

/** Artwork and the decisions on it over HTTP, through the same rooms as everything else in a session. */
export const proofOperations = (proofs: ProofService) => [
  uploadOperation(proofs),
  ...readOperations(proofs),
  decideOperation(proofs),
];

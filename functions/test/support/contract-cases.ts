import type { OperationId } from '../../src/access/permissions.ts';
import { annotationSchema } from '../../src/protocol/annotations.ts';
import type { ErrorCode } from '../../src/protocol/error-codes.ts';
import { maximumAttempts } from '../../src/protocol/training-progress.ts';
import type { OperationCall } from './contract.ts';
import type { Caller } from './desk.ts';
import { bodyOf } from './server.ts';
import { addAnnotation, addProof, approval, type Subject, validRequests } from './valid-requests.ts';

/** Proofs that a session of the contract's server may have. */
export const mostProofs = 3;
export const mostProofBytes = 100_000;

/** A reply that only a special request brings about. */
export interface FurtherReply {
  operation: OperationId;
  about: string;
  caller: Caller;
  status: number;
  code?: ErrorCode;
  make(subject: Subject): Promise<OperationCall> | OperationCall;
}

const conflict = (
  operation: OperationId,
  code: ErrorCode,
  caller: Caller,
  make: FurtherReply['make'],
): FurtherReply => ({ operation, about: code, caller, status: 409, code, make });

const onSession = async ({ desk }: Subject, status: 'queued' | 'active' | 'completed', body?: unknown) => {
  const { id } = await desk.plantSession(status);
  return { params: { id }, ...(body !== undefined && { body }) };
};

const setStatus = async ({ desk }: Subject, id: string, status: 'away' | 'online'): Promise<void> => {
  await desk.contract.call(desk.apiAs('admin'), 'updateAgent', { params: { id }, body: { status } });
};

const rated = async ({ desk }: Subject): Promise<OperationCall> => {
  const { id } = await desk.plantSession('completed', { satisfaction: 4 });
  return { params: { id }, body: { satisfaction: 5 } };
};

const emailOf = (email: string) => ({ body: { email, password: 'a-wrong-password' } });

const sessionConflicts: FurtherReply[] = [
  conflict('updateSession', 'session_closed', 'customer', (subject) =>
    onSession(subject, 'completed', { status: 'completed' }),
  ),
  conflict('updateSession', 'session_not_ended', 'customer', (subject) =>
    onSession(subject, 'active', { satisfaction: 5 }),
  ),
  conflict('updateSession', 'already_rated', 'customer', rated),
  conflict('claimSession', 'session_not_queued', 'agent', (subject) => onSession(subject, 'active')),
  conflict('claimSession', 'agent_at_capacity', 'agent', (subject) => onSession(subject, 'queued')),
  conflict('claimSession', 'agent_not_eligible', 'agent', async (subject) => {
    await setStatus(subject, 'agent', 'away');
    return onSession(subject, 'queued');
  }),
  conflict('transferSession', 'session_closed', 'admin', (subject) =>
    onSession(subject, 'completed', { channel: 'video-call' }),
  ),
  conflict('transferSession', 'agent_at_capacity', 'admin', (subject) =>
    onSession(subject, 'active', { agentId: 'agent2' }),
  ),
  conflict('transferSession', 'agent_not_eligible', 'admin', async (subject) => {
    await setStatus(subject, 'agent2', 'away');
    return onSession(subject, 'active', { agentId: 'agent2' });
  }),
  conflict('escalateSession', 'session_closed', 'admin', (subject) => onSession(subject, 'completed', {})),
];

const annotationConflicts: FurtherReply[] = [
  conflict('addAnnotation', 'session_closed', 'customer', async (subject) => {
    const { id: sessionId } = await subject.desk.plantSession('completed');
    return validRequests.addAnnotation({ ...subject, sessionId });
  }),
  conflict('addAnnotation', 'already_exists', 'customer', async (subject) => {
    const id = await addAnnotation(subject, 'customer');
    const { body } = await validRequests.addAnnotation(subject);
    return { body: { ...(body as object), id } };
  }),
  conflict('addAnnotation', 'operation_id_reused', 'customer', async (subject) => {
    const { body } = await validRequests.addAnnotation(subject);
    const first = { ...(body as object), opId: 'op-1' };
    await subject.desk.contract.call(subject.desk.apiAs('customer'), 'addAnnotation', { body: first });
    return { body: { ...first, page: 7 } };
  }),
  conflict('deleteAnnotation', 'session_closed', 'customer', async (subject) => {
    const { desk } = subject;
    const id = await addAnnotation(subject, 'customer');
    const end = await validRequests.updateSession(subject);
    await desk.contract.call(desk.apiAs('customer'), 'updateSession', end);
    return { params: { id } };
  }),
];

const decided = async (subject: Subject) => {
  const proof = await addProof(subject, 'customer');
  const call = { params: { id: proof.id }, body: approval(proof) };
  await subject.desk.contract.call(subject.desk.apiAs('customer'), 'decideProof', call);
  return { proof, call };
};

const proofConflicts: FurtherReply[] = [
  conflict('uploadProof', 'session_closed', 'customer', async (subject) => {
    const { id: sessionId } = await subject.desk.plantSession('completed');
    return validRequests.uploadProof({ ...subject, sessionId });
  }),
  conflict('uploadProof', 'proof_outdated', 'customer', async (subject) => {
    const { id: replaces } = await addProof(subject, 'customer');
    const call = await validRequests.uploadProof(subject);
    const next = { ...call, query: { ...call.query, replaces } };
    await subject.desk.contract.call(subject.desk.apiAs('agent'), 'uploadProof', next);
    return next;
  }),
  conflict('uploadProof', 'operation_id_reused', 'customer', async (subject) => {
    const call = await validRequests.uploadProof(subject);
    const named = { ...call, query: { ...call.query, opId: 'op-1' } };
    await subject.desk.contract.call(subject.desk.apiAs('customer'), 'uploadProof', named);
    return { ...named, query: { ...named.query, name: 'another.png' } };
  }),
  conflict('uploadProof', 'session_full', 'customer', async (subject) => {
    for (let count = 0; count < mostProofs; count += 1) await addProof(subject, 'customer');
    return validRequests.uploadProof(subject);
  }),
  conflict('decideProof', 'proof_decided', 'customer', async (subject) => (await decided(subject)).call),
  conflict('decideProof', 'proof_outdated', 'customer', async (subject) => {
    const proof = await addProof(subject, 'customer');
    return { params: { id: proof.id }, body: { ...approval(proof), sha256: '0'.repeat(64) } };
  }),
  conflict('decideProof', 'session_closed', 'customer', async (subject) => {
    const call = await validRequests.decideProof(subject);
    const end = await validRequests.updateSession(subject);
    await subject.desk.contract.call(subject.desk.apiAs('customer'), 'updateSession', end);
    return call;
  }),
  conflict('addAnnotation', 'proof_decided', 'agent', async (subject) => {
    const { proof } = await decided(subject);
    const { body } = await validRequests.addAnnotation(subject);
    return { body: { ...(body as object), proofId: proof.id, page: 1 } };
  }),
  conflict('deleteAnnotation', 'proof_decided', 'customer', async (subject) => {
    const proof = await addProof(subject, 'customer');
    const { body } = await validRequests.addAnnotation(subject);
    const call = { body: { ...(body as object), proofId: proof.id, page: 1 } };
    const added = await subject.desk.contract.call(subject.desk.apiAs('customer'), 'addAnnotation', call);
    const { id, seq } = bodyOf(added, annotationSchema);
    const decision = { params: { id: proof.id }, body: { ...approval(proof), seq } };
    await subject.desk.contract.call(subject.desk.apiAs('customer'), 'decideProof', decision);
    return { params: { id } };
  }),
];

const otherConflicts: FurtherReply[] = [
  conflict('registerAccount', 'already_exists', 'anonymous', () => ({
    body: { email: 'Customer@demo.local', name: 'Another', password: 'a-long-password' },
  })),
  conflict('updateSettings', 'conflict', 'admin', async (subject) => {
    const { body } = await validRequests.updateSettings(subject);
    return { body: { ...(body as object), revision: 1_000_000 } };
  }),
  conflict('createArticle', 'already_exists', 'admin', async (subject) => {
    const { body } = await validRequests.createArticle(subject);
    return { body: { ...(body as object), id: subject.articleId } };
  }),
  conflict('updateArticle', 'conflict', 'admin', async (subject) => {
    const { body, params } = await validRequests.updateArticle(subject);
    return { params, body: { ...(body as object), revision: 7 } };
  }),
];

/** Makes as many attempts as one person has; the next one is refused. */
const useUpAttempts = async (
  subject: Subject,
  call: OperationCall,
  id: OperationId,
): Promise<OperationCall> => {
  const { desk } = subject;
  for (let count = 0; count < maximumAttempts; count += 1) {
    await desk.contract.call(desk.apiAs('admin'), id, call);
  }
  return call;
};

const trainingConflicts: FurtherReply[] = [
  conflict('createTrainingModule', 'already_exists', 'admin', async (subject) => {
    const { body } = await validRequests.createTrainingModule(subject);
    return { body: { ...(body as object), id: subject.moduleId } };
  }),
  conflict('updateTrainingModule', 'conflict', 'admin', async (subject) => {
    const { body, params } = await validRequests.updateTrainingModule(subject);
    return { params, body: { ...(body as object), version: 7 } };
  }),
  conflict('recordTrainingProgress', 'too_many_attempts', 'admin', async (subject) =>
    useUpAttempts(subject, await validRequests.recordTrainingProgress(subject), 'recordTrainingProgress'),
  ),
  conflict('recordTrainingProgressOf', 'too_many_attempts', 'admin', async (subject) =>
    useUpAttempts(subject, await validRequests.recordTrainingProgressOf(subject), 'recordTrainingProgressOf'),
  ),
];

/** Replies beyond those that every operation gives. */
export const furtherReplies: readonly FurtherReply[] = [
  {
    operation: 'createToken',
    about: 'bad_credentials',
    caller: 'anonymous',
    status: 401,
    code: 'bad_credentials',
    make: () => emailOf('customer@demo.local'),
  },
  {
    operation: 'createToken',
    about: 'of nobody',
    caller: 'anonymous',
    status: 401,
    code: 'bad_credentials',
    make: () => emailOf('nobody@example.com'),
  },
  {
    operation: 'getSessionAnalytics',
    about: 'as a table',
    caller: 'admin',
    status: 200,
    make: () => ({ query: { format: 'csv' } }),
  },
  {
    operation: 'getSessionAnalytics',
    about: 'as a table, by Accept',
    caller: 'admin',
    status: 200,
    make: () => ({ headers: { accept: 'text/csv' } }),
  },
  {
    operation: 'getSessionAnalytics',
    about: 'of others',
    caller: 'agent',
    status: 403,
    make: () => ({ query: { agent: 'agent2' } }),
  },
  {
    operation: 'listArticles',
    about: 'a search',
    caller: 'customer',
    status: 200,
    make: () => ({ query: { q: 'bleed settings' } }),
  },
  {
    operation: 'listSessions',
    about: 'a search',
    caller: 'agent',
    status: 200,
    make: () => ({ query: { q: 'bleed' } }),
  },
  {
    operation: 'getSession',
    about: 'one that waits',
    caller: 'customer',
    status: 200,
    make: (subject) => onSession(subject, 'queued'),
  },
  {
    operation: 'getSession',
    about: 'one that has ended',
    caller: 'customer',
    status: 200,
    make: (subject) => onSession(subject, 'completed'),
  },
  {
    operation: 'getTranscript',
    about: 'as staff',
    caller: 'agent',
    status: 200,
    make: () => ({ params: { id: 'session-123' } }),
  },
  ...sessionConflicts,
  ...annotationConflicts,
  ...proofConflicts,
  {
    operation: 'downloadProof',
    about: 'a part',
    caller: 'customer',
    status: 206,
    make: async (subject) => ({
      ...(await validRequests.downloadProof(subject)),
      headers: { range: 'bytes=0-3' },
    }),
  },
  {
    operation: 'downloadProof',
    about: 'a part behind the end',
    caller: 'customer',
    status: 416,
    code: 'range_not_satisfiable',
    make: async (subject) => ({
      ...(await validRequests.downloadProof(subject)),
      headers: { range: 'bytes=1000000-' },
    }),
  },
  {
    operation: 'uploadProof',
    about: 'what is no artwork',
    caller: 'customer',
    status: 415,
    code: 'unsupported_media_type',
    make: async (subject) => ({
      ...(await validRequests.uploadProof(subject)),
      file: Buffer.from('a text'),
    }),
  },
  {
    operation: 'uploadProof',
    about: 'more than may be sent',
    caller: 'customer',
    status: 413,
    code: 'payload_too_large',
    make: async (subject) => ({
      ...(await validRequests.uploadProof(subject)),
      file: Buffer.alloc(mostProofBytes + 1),
    }),
  },
  ...otherConflicts,
  ...trainingConflicts,
  {
    operation: 'getTrainingReport',
    about: 'as a table',
    caller: 'admin',
    status: 200,
    make: () => ({ query: { format: 'csv' } }),
  },
];

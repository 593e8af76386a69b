import type { OperationId } from '../../src/access/permissions.ts';
import type { SessionStatus } from '../../src/protocol/enumerations.ts';
import { routeReplySchema } from '../../src/protocol/support.ts';
import { moduleSchema } from '../../src/protocol/training.ts';
import type { OperationCall } from './contract.ts';
import { type Caller, callers } from './desk.ts';
import { bodyOf } from './server.ts';
import {
  addAnnotation,
  addProof,
  approval,
  issue,
  type Subject,
  signedPush,
  validRequests,
} from './valid-requests.ts';

/** One request and how it ends for everybody, on a fresh record of `customer` whose agent is `agent`. */
export interface AccessRow {
  operation: OperationId;
  /** What is special about the request, when the same operation has several rows. */
  about: string;
  /** State of the session it is about; a queued one has no agent yet. */
  status: SessionStatus;
  request?: (subject: Subject) => OperationCall | Promise<OperationCall>;
  expected: Record<Caller, number>;
}

type Statuses = readonly [number, number, number, number, number, number];
type RowRequest = NonNullable<AccessRow['request']>;
type RowOptions = Partial<Pick<AccessRow, 'about' | 'status' | 'request'>>;

/** The statuses stand in the order of `callers`: nobody, owner, other customer, its agent, other agent, admin. */
const row = (operation: OperationId, statuses: Statuses, options: RowOptions = {}): AccessRow => ({
  operation,
  about: options.status ?? '',
  status: 'active',
  expected: Object.fromEntries(
    callers.map((caller, index) => [caller, statuses[index]]),
  ) as AccessRow['expected'],
  ...options,
});

const update =
  (body: Record<string, unknown>): RowRequest =>
  ({ sessionId }) => ({ params: { id: sessionId }, body });

const open =
  (extra: (subject: Subject) => Record<string, unknown>): RowRequest =>
  (subject) => ({ body: { issue, type: 'live-chat', ...extra(subject) } });

/** A session that follows a recommendation which was made for `customer`. */
const openWithDecision: RowRequest = async ({ desk }) => {
  const decided = await desk.contract.call(desk.apiAs('customer'), 'routeIssue', { body: { issue } });
  return { body: { issue, type: 'live-chat', decisionId: bodyOf(decided, routeReplySchema).decisionId } };
};

const anyone: Statuses = [200, 200, 200, 200, 200, 200];
const anyUser: Statuses = [401, 200, 200, 200, 200, 200];
const staff: Statuses = [401, 403, 403, 200, 200, 200];
const admin: Statuses = [401, 403, 403, 403, 403, 200];
const reading: Statuses = [401, 200, 404, 200, 403, 200];
const readingQueued: Statuses = [401, 200, 404, 200, 200, 200];
const handling: Statuses = [401, 403, 403, 200, 403, 200];
const handlingQueued: Statuses = [401, 403, 403, 403, 403, 200];
const handlingEnded: Statuses = [401, 403, 403, 409, 403, 409];
const rating = { request: update({ satisfaction: 5 }) };
const tagging = { request: update({ tags: ['white-ink'] }) };
const resolving = { request: update({ status: 'completed', resolution: 'resolved' }) };

const accountRows = [
  row('createToken', anyone),
  row('registerAccount', [201, 201, 201, 201, 201, 201]),
  row('refreshToken', anyUser),
  row('revokeTokens', [401, 204, 204, 204, 204, 204]),
  row('getMe', anyUser),
];

const supportRows = [
  row('routeIssue', anyUser),
  row('analyzeSentiment', anyUser),
  row('categorizeIssue', anyUser),
  row('analyzeIssue', anyUser),
  row('matchAgents', staff),
  row('suggestAnswers', anyUser, { about: 'of no session', request: () => ({ body: { issue } }) }),
  row('suggestAnswers', readingQueued, { status: 'queued' }),
  row('suggestAnswers', reading, { status: 'active' }),
  row('suggestAnswers', reading, { status: 'completed' }),
];

const openingRows = [
  row('openSession', [401, 201, 201, 422, 422, 422], { about: 'for oneself', request: open(() => ({})) }),
  row('openSession', [401, 201, 403, 201, 201, 201], {
    about: 'for its customer',
    request: open(() => ({ customerId: 'customer' })),
  }),
  row('openSession', [401, 403, 403, 422, 422, 422], {
    about: 'for one of the staff',
    request: open(() => ({ customerId: 'agent' })),
  }),
  row('openSession', [401, 201, 422, 422, 422, 422], {
    about: 'as follow-up',
    status: 'completed',
    request: open(({ sessionId }) => ({ previousSessionId: sessionId })),
  }),
  row('openSession', [401, 201, 422, 422, 422, 422], {
    about: 'after its recommendation',
    request: openWithDecision,
  }),
];

const readingRows = [
  row('listSessions', anyUser),
  row('getSession', readingQueued, { status: 'queued' }),
  row('getSession', reading, { status: 'active' }),
  row('getSession', reading, { status: 'completed' }),
  row('getTranscript', readingQueued, { status: 'queued' }),
  row('getTranscript', reading, { status: 'active' }),
  row('getTranscript', reading, { status: 'completed' }),
  row('listMessages', readingQueued, { status: 'queued' }),
  row('listMessages', reading, { status: 'active' }),
  row('listMessages', reading, { status: 'completed' }),
];

const changingRows = [
  row('updateSession', [401, 200, 404, 403, 403, 200], { about: 'end it, queued', status: 'queued' }),
  row('updateSession', [401, 200, 404, 200, 403, 200], { about: 'end it, active' }),
  row('updateSession', [401, 409, 404, 409, 403, 409], { about: 'end it, completed', status: 'completed' }),
  row('updateSession', [401, 403, 404, 403, 403, 200], {
    about: 'resolve it, queued',
    status: 'queued',
    ...resolving,
  }),
  row('updateSession', [401, 403, 404, 200, 403, 200], { about: 'resolve it, active', ...resolving }),
  row('updateSession', [401, 409, 404, 403, 403, 403], {
    about: 'rate it, queued',
    status: 'queued',
    ...rating,
  }),
  row('updateSession', [401, 409, 404, 403, 403, 403], { about: 'rate it, active', ...rating }),
  row('updateSession', [401, 200, 404, 403, 403, 403], {
    about: 'rate it, completed',
    status: 'completed',
    ...rating,
  }),
  row('updateSession', [401, 403, 404, 403, 403, 200], {
    about: 'tag it, queued',
    status: 'queued',
    ...tagging,
  }),
  row('updateSession', [401, 403, 404, 200, 403, 200], { about: 'tag it, active', ...tagging }),
  row('updateSession', [401, 403, 404, 200, 403, 200], {
    about: 'tag it, completed',
    status: 'completed',
    ...tagging,
  }),
  row('updateSession', [401, 403, 404, 409, 403, 409], {
    about: 'tag and end it, completed',
    status: 'completed',
    request: update({ tags: ['late'], status: 'completed' }),
  }),
  row('claimSession', [401, 403, 403, 200, 200, 403], { status: 'queued' }),
  row('claimSession', [401, 403, 403, 409, 409, 403], { status: 'active' }),
  row('claimSession', [401, 403, 403, 409, 409, 403], { status: 'completed' }),
  row('transferSession', handlingQueued, { status: 'queued' }),
  row('transferSession', handling, { status: 'active' }),
  row('transferSession', handlingEnded, { status: 'completed' }),
  row('escalateSession', handlingQueued, { status: 'queued' }),
  row('escalateSession', handling, { status: 'active' }),
  row('escalateSession', handlingEnded, { status: 'completed' }),
];

const handlingAnnotation: Statuses = [401, 403, 404, 204, 403, 204];
const participating: Statuses = [401, 201, 404, 201, 403, 201];
const participatingQueued: Statuses = [401, 201, 404, 403, 403, 201];

/** An annotation that the agent made. */
const deleteOfAgent: RowRequest = async (subject) => ({
  params: { id: await addAnnotation(subject, 'agent') },
});

const annotationRows = [
  row('listAnnotations', [401, 200, 404, 403, 403, 200], { status: 'queued' }),
  row('listAnnotations', reading, { status: 'active' }),
  row('listAnnotations', reading, { status: 'completed' }),
  row('addAnnotation', participatingQueued, { status: 'queued' }),
  row('addAnnotation', participating, { status: 'active' }),
  row('addAnnotation', [401, 409, 404, 409, 403, 409], { status: 'completed' }),
  row('deleteAnnotation', [401, 204, 404, 204, 403, 204], { about: 'of the customer' }),
  row('deleteAnnotation', handlingAnnotation, { about: 'of the agent', request: deleteOfAgent }),
];

/** Artwork that was there before the session ended or went back to the queue. */
const onEarlierProof =
  (status: SessionStatus): RowRequest =>
  async (subject) => {
    const { id } = await addProof(subject, 'customer');
    const { desk, sessionId } = subject;
    const session = await desk.store.get('supportSessions', sessionId);
    if (session === undefined) throw new Error('the session is gone');
    await desk.store.write((writer) => writer.put('supportSessions', { ...session, status }));
    return { params: { id } };
  };

const decideAgain: RowRequest = async (subject) => {
  const proof = await addProof(subject, 'customer');
  const call = { params: { id: proof.id }, body: approval(proof) };
  await subject.desk.contract.call(subject.desk.apiAs('customer'), 'decideProof', call);
  return call;
};

const proofRows = [
  row('uploadProof', participatingQueued, { status: 'queued' }),
  row('uploadProof', participating, { status: 'active' }),
  row('uploadProof', [401, 409, 404, 409, 403, 409], { status: 'completed' }),
  row('listProofs', [401, 200, 404, 403, 403, 200], { status: 'queued' }),
  row('listProofs', reading, { status: 'active' }),
  row('listProofs', reading, { status: 'completed' }),
  row('downloadProof', reading, { about: 'active' }),
  row('downloadProof', reading, { about: 'completed', request: onEarlierProof('completed') }),
  row('decideProof', [401, 200, 404, 403, 403, 403], { about: 'for the first time' }),
  row('decideProof', [401, 409, 404, 403, 403, 403], { about: 'once more', request: decideAgain }),
];

const articleRows = [
  row('listArticles', anyUser),
  row('getArticle', anyUser),
  row('listArticleRevisions', staff),
  row('createArticle', [401, 403, 403, 403, 403, 201]),
  row('updateArticle', admin),
  row('deleteArticle', [401, 403, 403, 403, 403, 204]),
];

/** A module that only the staff may see. */
const staffModule: RowRequest = async (subject) => {
  const { body } = await validRequests.createTrainingModule(subject);
  const { desk } = subject;
  const forStaff = { body: { ...(body as object), category: 'staff' } };
  const created = await desk.contract.call(desk.apiAs('admin'), 'createTrainingModule', forStaff);
  return { params: { id: bodyOf(created, moduleSchema).id } };
};

const learning: Statuses = [401, 200, 404, 403, 403, 200];

const documentationRows = [
  row('generateDocument', admin),
  row('getDocumentationJob', admin),
  row('cancelDocumentationJob', [401, 403, 403, 403, 403, 204]),
  row('listDocuments', anyUser),
  row('getDocument', anyUser),
  row('withdrawDocument', [401, 403, 403, 403, 403, 204]),
  row('publishDocument', admin),
  row('receiveDocumentationWebhook', anyone, { about: 'signed' }),
  row('receiveDocumentationWebhook', [401, 401, 401, 401, 401, 401], {
    about: 'signed by others',
    request: ({ desk }) => signedPush(desk, {}, 'another secret of somebody'),
  }),
];

const trainingRows = [
  row('listTrainingModules', anyUser),
  row('getTrainingModule', anyUser, { about: 'for customers' }),
  row('getTrainingModule', [401, 404, 404, 200, 200, 200], { about: 'for staff', request: staffModule }),
  row('getTrainingStaleness', staff),
  row('createTrainingModule', [401, 403, 403, 403, 403, 201]),
  row('updateTrainingModule', admin),
  row('listTrainingProgress', anyUser),
  row('listTrainingProgressOf', learning, { about: 'of customer' }),
  row('recordTrainingProgress', anyUser),
  row('recordTrainingProgressOf', learning, { about: 'of customer' }),
  row('getTrainingReport', admin),
];

const shopRows = [
  row('getSkills', staff),
  row('updateSkills', admin),
  row('listAudit', admin),
  row('getSettings', staff),
  row('updateSettings', admin),
  row('listAgents', staff),
  row('updateAgent', handling, { about: 'the record of agent' }),
  row('getSessionAnalytics', staff),
];

/** Who may do what, as the specification says it; written by hand, not derived from the code. */
export const accessRows: readonly AccessRow[] = [
  ...accountRows,
  ...supportRows,
  ...openingRows,
  ...readingRows,
  ...changingRows,
  ...annotationRows,
  ...proofRows,
  ...articleRows,
  ...documentationRows,
  ...trainingRows,
  ...shopRows,
];

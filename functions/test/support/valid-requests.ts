import { createHmac } from 'node:crypto';
import type { OperationId } from '../../src/access/permissions.ts';
import type { SupportSession } from '../../src/ports/records.ts';
import { annotationSchema } from '../../src/protocol/annotations.ts';
import { articleSchema } from '../../src/protocol/articles.ts';
import { type DocumentView, documentViewSchema, jobSchema } from '../../src/protocol/documentation-api.ts';
import type { SessionStatus } from '../../src/protocol/enumerations.ts';
import { type Proof, proofSchema } from '../../src/protocol/proofs.ts';
import { moduleSchema } from '../../src/protocol/training.ts';
import { demoPassword } from '../../src/support/demo/demo-people.ts';
import { pngOf } from '../../src/testing/sample-artwork.ts';
import type { OperationCall } from './contract.ts';
import { type Caller, type Desk, webhookSecret } from './desk.ts';
import { bodyOf } from './server.ts';

/** The records that a request is about. */
export interface Subject {
  desk: Desk;
  /** A session of `customer`. */
  sessionId: string;
  /** An article that may be changed and deleted. */
  articleId: string;
  /** A quiz for customers, version 1. */
  moduleId: string;
  /** A document of the repository's second version. */
  documentId: string;
}

/** What a subject is before anything was made for it. */
export const bareSubject = (desk: Desk, sessionId: string): Subject => ({
  desk,
  sessionId,
  articleId: '',
  moduleId: '',
  documentId: '',
});

type RequestMaker = (subject: Subject) => OperationCall | Promise<OperationCall>;

export const issue = 'The proof shows white edges: is my bleed right?';

const aWeekAgo = (): string => new Date(Date.now() - 7 * 86_400_000).toISOString();

let registered = 0;

const newRegistration = () => {
  registered += 1;
  return { email: `new-${registered}@example.com`, name: 'New Customer', password: 'a-long-password' };
};

const onSession: RequestMaker = ({ sessionId }) => ({ params: { id: sessionId } });
const withText: RequestMaker = () => ({ body: { text: issue } });
const plain: RequestMaker = () => ({});

const readBody = async ({ desk }: Subject, id: OperationId): Promise<unknown> =>
  (await desk.contract.call(desk.apiAs('admin'), id)).body;

const article = {
  title: 'Store files',
  category: 'technical',
  tags: ['files'],
  keywords: ['archive'],
  body: 'Keep the files of an order for a year.',
};

const quiz = {
  title: 'Bleed',
  category: 'customer',
  content: {
    type: 'quiz',
    passScore: 1,
    questions: [
      {
        id: 'bleed',
        kind: 'choice',
        question: 'How much bleed does a flyer need?',
        options: [
          { id: 'three', text: '3 mm' },
          { id: 'none', text: 'None' },
        ],
        correct: ['three'],
        explanation: 'The cutter may be off by so much.',
        facts: [],
      },
    ],
  },
};

const attempt = (moduleId: string, option = 'three') => ({
  moduleId,
  version: 1,
  answers: [{ question: 'bleed', options: [option] }],
});

const secondVersion = ({ repository }: Desk) => ({
  repository: 'shop',
  from: repository.first,
  to: repository.second,
});

const callAsAdmin = (desk: Desk, id: OperationId, call: OperationCall) =>
  desk.contract.call(desk.apiAs('admin'), id, call);

/** Makes the document of the second version, unless it is there. */
const makeDocument = async (desk: Desk): Promise<DocumentView> =>
  bodyOf(await callAsAdmin(desk, 'generateDocument', { body: secondVersion(desk) }), documentViewSchema);

/** A job of a commit that nobody has documented, ended before its id is given. */
const onEndedJob: RequestMaker = async ({ desk }) => {
  const to = desk.repository.commit('chore: nothing to see');
  const headers = { prefer: 'respond-async' };
  const started = await callAsAdmin(desk, 'generateDocument', { body: { to }, headers });
  const params = { id: bodyOf(started, jobSchema).id };
  await callAsAdmin(desk, 'cancelDocumentationJob', { params });
  return { params };
};

/** What somebody else made of the same commits, and has sent here before. */
const published: RequestMaker = async ({ desk }) => {
  const {
    id: _,
    repository,
    audience,
    engineVersion: __,
    origin: ___,
    createdAt: ____,
    ...document
  } = await makeDocument(desk);
  const call = { body: { repository, audience, engineVersion: 'elsewhere-1', document } };
  await callAsAdmin(desk, 'publishDocument', call);
  return call;
};

/** A push of GitHub, signed. */
export const signedPush = (desk: Desk, change: object = {}, secret = webhookSecret): OperationCall => {
  const { repository } = desk;
  const names = { full_name: 'acme/shop', name: 'shop', default_branch: 'main' };
  const commits = { before: repository.first, after: repository.second };
  const body = { ref: 'refs/heads/main', ...commits, repository: names, ...change };
  const signature = createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex');
  return { body, headers: { 'x-hub-signature-256': `sha256=${signature}`, 'x-github-event': 'push' } };
};

const annotation = ({ sessionId }: Subject) => ({
  sessionId,
  type: 'pen',
  data: { path: [[0.1, 0.2]], colour: '#c00' },
  layer: 'front',
  page: 2,
});

/** Adds an annotation to the session and gives its id. */
export const addAnnotation = async (subject: Subject, caller: Caller): Promise<string> => {
  const { desk } = subject;
  const call = { body: annotation(subject) };
  return bodyOf(await desk.contract.call(desk.apiAs(caller), 'addAnnotation', call), annotationSchema).id;
};

const upload = ({ sessionId }: Subject): OperationCall => ({
  params: { id: sessionId },
  query: { name: 'label.png' },
  file: pngOf(120, 80),
});

/** Uploads artwork to the session. */
export const addProof = async (subject: Subject, caller: Caller): Promise<Proof> => {
  const { desk } = subject;
  return bodyOf(await desk.contract.call(desk.apiAs(caller), 'uploadProof', upload(subject)), proofSchema);
};

/** What a customer says who has seen the proof. */
export const approval = ({ sha256, seq }: Proof) => ({ decision: 'approved', sha256, seq });

/** For every operation a request that it accepts from whoever may send it. */
export const validRequests: Record<OperationId, RequestMaker> = {
  createToken: () => ({ body: { email: 'customer@demo.local', password: demoPassword } }),
  registerAccount: () => ({ body: newRegistration() }),
  refreshToken: plain,
  revokeTokens: plain,
  getMe: plain,
  routeIssue: () => ({
    body: {
      issue,
      urgency: 'high',
      customerHistory: { previousIssues: [issue], preferredChannel: 'video-call' },
    },
  }),
  analyzeSentiment: withText,
  categorizeIssue: withText,
  suggestAnswers: ({ sessionId }) => ({ body: { issue, sessionId } }),
  analyzeIssue: withText,
  matchAgents: () => ({ body: { issue, channel: 'live-chat', urgency: 'low', customerId: 'customer' } }),
  openSession: () => ({
    body: { issue, type: 'live-chat', urgency: 'low', orderRef: 'A-1', customerId: 'customer' },
  }),
  listSessions: () => ({ query: { status: 'active', limit: '5', from: '2020-01-01T00:00:00.000Z' } }),
  getSession: onSession,
  getTranscript: ({ sessionId }) => ({ params: { id: sessionId }, query: { limit: '5' } }),
  updateSession: ({ sessionId }) => ({ params: { id: sessionId }, body: { status: 'completed' } }),
  claimSession: onSession,
  transferSession: ({ sessionId }) => ({
    params: { id: sessionId },
    body: { channel: 'video-call', note: 'wants to show it' },
  }),
  escalateSession: ({ sessionId }) => ({ params: { id: sessionId }, body: { note: 'still wrong' } }),
  listAnnotations: onSession,
  addAnnotation: (subject) => ({ body: annotation(subject) }),
  deleteAnnotation: async (subject) => ({ params: { id: await addAnnotation(subject, 'customer') } }),
  listMessages: ({ sessionId }) => ({ params: { id: sessionId }, query: { limit: '5' } }),
  uploadProof: upload,
  listProofs: ({ sessionId }) => ({ params: { id: sessionId }, query: { limit: '5' } }),
  downloadProof: async (subject) => ({ params: { id: (await addProof(subject, 'customer')).id } }),
  decideProof: async (subject) => {
    const proof = await addProof(subject, 'customer');
    return { params: { id: proof.id }, body: { ...approval(proof), comment: 'Looks right' } };
  },
  listArticles: () => ({ query: { limit: '5' } }),
  getArticle: ({ articleId }) => ({ params: { id: articleId } }),
  listArticleRevisions: ({ articleId }) => ({ params: { id: articleId } }),
  createArticle: () => ({ body: article }),
  updateArticle: ({ articleId }) => ({ params: { id: articleId }, body: { ...article, revision: 1 } }),
  deleteArticle: ({ articleId }) => ({ params: { id: articleId } }),
  getSkills: plain,
  updateSkills: async (subject) => ({ body: await readBody(subject, 'getSkills') }),
  getSettings: plain,
  updateSettings: async (subject) => ({ body: await readBody(subject, 'getSettings') }),
  listAudit: () => ({ query: { limit: '5', from: '2026-01-01T00:00:00.000Z' } }),
  listAgents: () => ({ query: { limit: '5' } }),
  updateAgent: () => ({
    params: { id: 'agent' },
    body: { status: 'online', languages: ['en', 'de'], skills: [{ name: 'file-preparation', level: 5 }] },
  }),
  generateDocument: async ({ desk }) => {
    await makeDocument(desk);
    return { body: secondVersion(desk) };
  },
  getDocumentationJob: onEndedJob,
  cancelDocumentationJob: onEndedJob,
  listDocuments: () => ({ query: { limit: '5', repository: 'shop' } }),
  getDocument: ({ documentId }) => ({ params: { id: documentId } }),
  withdrawDocument: ({ documentId }) => ({ params: { id: documentId } }),
  publishDocument: published,
  receiveDocumentationWebhook: async ({ desk }) => {
    await makeDocument(desk);
    return signedPush(desk);
  },
  listTrainingModules: () => ({ query: { limit: '5', type: 'quiz' } }),
  getTrainingModule: ({ moduleId }) => ({ params: { id: moduleId }, query: { version: '1' } }),
  getTrainingStaleness: ({ moduleId }) => ({ params: { id: moduleId } }),
  createTrainingModule: () => ({ body: quiz }),
  updateTrainingModule: ({ moduleId }) => ({ params: { id: moduleId }, body: { ...quiz, version: 1 } }),
  listTrainingProgress: () => ({ query: { limit: '5' } }),
  listTrainingProgressOf: () => ({ params: { id: 'customer' }, query: { limit: '5' } }),
  recordTrainingProgress: ({ moduleId }) => ({ body: attempt(moduleId) }),
  recordTrainingProgressOf: ({ moduleId }) => ({
    params: { id: 'customer' },
    body: attempt(moduleId, 'none'),
  }),
  getTrainingReport: () => ({ query: { limit: '5' } }),
  getSessionAnalytics: () => ({
    query: { groupBy: 'channel', from: aWeekAgo(), timeZone: 'Europe/Berlin' },
  }),
};

const makeArticle = async (desk: Desk): Promise<string> => {
  const created = await desk.contract.call(desk.apiAs('admin'), 'createArticle', { body: article });
  return bodyOf(created, articleSchema).id;
};

const makeModule = async (desk: Desk): Promise<string> => {
  const created = await desk.contract.call(desk.apiAs('admin'), 'createTrainingModule', { body: quiz });
  return bodyOf(created, moduleSchema).id;
};

/** A fresh session and, for the operations on articles and training, a fresh article or module. */
export const newSubject = async (
  desk: Desk,
  operation: OperationId,
  session: { status?: SessionStatus; change?: Partial<SupportSession> } = {},
): Promise<Subject> => {
  const usual = operation === 'claimSession' ? 'queued' : 'active';
  const { id: sessionId } = await desk.plantSession(session.status ?? usual, session.change);
  const subject = bareSubject(desk, sessionId);
  if (operation.includes('Article')) return { ...subject, articleId: await makeArticle(desk) };
  if (operation.includes('Training')) return { ...subject, moduleId: await makeModule(desk) };
  if (operation === 'getDocument' || operation === 'withdrawDocument')
    return { ...subject, documentId: (await makeDocument(desk)).id };
  return subject;
};

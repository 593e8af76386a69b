import { type Operation, type OperationReply, operation, publicOperation } from '../gateway/operation.ts';
import type { Identity } from '../ports/identity.ts';
import type { StoredDocument } from '../ports/records.ts';
import type { Timers } from '../ports/timers.ts';
import {
  documentListQuerySchema,
  documentPageSchema,
  documentParametersSchema,
  documentViewSchema,
  generateDocumentSchema,
  jobSchema,
  publishDocumentSchema,
  webhookReplySchema,
} from '../protocol/documentation-api.ts';
import type { DocumentationService } from './documentation-service.ts';
import { presentDocument, presentDocumentSummary } from './documents/document-view.ts';
import type { Job } from './jobs/job.ts';
import { within } from './jobs/within.ts';
import type { Webhook } from './webhook/webhook-service.ts';

const tag = 'Documentation';
const path = '/api/v1/documentation';

/** How long a caller waits for a document before it is told where to ask again. */
const patienceMs = 25_000;

export interface DocumentationRoutesOptions {
  documentation: DocumentationService;
  webhook: Webhook;
  timers: Timers;
}

const documentReply = (status: number, user: Identity, stored: StoredDocument): OperationReply => ({
  status,
  body: presentDocument(user, stored),
  headers: { Location: `${path}/${stored.id}` },
});

const jobReply = (job: Job): OperationReply => ({
  status: 202,
  body: job.view(),
  headers: { Location: `${path}/jobs/${job.view().id}` },
});

/** RFC 7240: the caller would rather follow the job than wait. */
const wantsJob = (prefer: string | undefined): boolean =>
  prefer?.split(',').some((part) => part.trim().toLowerCase() === 'respond-async') ?? false;

const generateOperation = ({ documentation, timers }: DocumentationRoutesOptions): Operation =>
  operation({
    id: 'generateDocument',
    method: 'post',
    path: `${path}/generate`,
    tag,
    summary: 'Document a range of commits of an allowed repository',
    description:
      'Waits up to 25 seconds for the document; a longer run, or a request with `Prefer: respond-async`, is ' +
      'answered with a job to follow. A range that is documented already is answered with 200.',
    body: generateDocumentSchema,
    replies: {
      200: { description: 'The document, which was there', schema: documentViewSchema },
      201: { description: 'The document', schema: documentViewSchema },
      202: { description: 'The job that makes it', schema: jobSchema },
    },
    errors: ['not_found'],
    handle: async ({ user, body, header }) => {
      const generated = await documentation.generate(body);
      if ('stored' in generated) return documentReply(200, user, generated.stored);
      const { job } = generated;
      if (wantsJob(header('prefer'))) return jobReply(job);
      const stored = await within(timers, patienceMs, job.ended);
      return stored === undefined ? jobReply(job) : documentReply(201, user, stored);
    },
  });

const jobOperations = ({ documentation }: DocumentationRoutesOptions): Operation[] => [
  operation({
    id: 'getDocumentationJob',
    method: 'get',
    path: `${path}/jobs/{id}`,
    tag,
    summary: 'How far a run has come',
    params: documentParametersSchema,
    replies: { 200: { description: 'The job', schema: jobSchema } },
    errors: ['not_found'],
    handle: async ({ params: { id } }) => ({ status: 200, body: await documentation.job(id) }),
  }),
  operation({
    id: 'cancelDocumentationJob',
    method: 'delete',
    path: `${path}/jobs/{id}`,
    tag,
    summary: 'Cancel a run; one that has ended stays as it is',
    params: documentParametersSchema,
    replies: { 204: { description: 'Cancelled, on another server within a second, or ended before' } },
    errors: ['not_found'],
    handle: async ({ params: { id } }) => {
      await documentation.cancel(id);
      return { status: 204 };
    },
  }),
];

const readOperations = ({ documentation }: DocumentationRoutesOptions): Operation[] => [
  operation({
    id: 'listDocuments',
    method: 'get',
    path,
    tag,
    summary: 'List the documents, newest first',
    query: documentListQuerySchema,
    replies: { 200: { description: 'A page of documents', schema: documentPageSchema } },
    errors: ['malformed_cursor'],
    handle: async ({ query }) => {
      const { items, nextCursor } = await documentation.list(query);
      const next = nextCursor !== undefined && { nextCursor };
      return { status: 200, body: { items: items.map(presentDocumentSummary), ...next } };
    },
  }),
  operation({
    id: 'getDocument',
    method: 'get',
    path: `${path}/{id}`,
    tag,
    summary: 'Read a document: customers the part for users, staff all of it',
    params: documentParametersSchema,
    replies: { 200: { description: 'The document', schema: documentViewSchema } },
    errors: ['not_found'],
    handle: async ({ user, params: { id } }) => ({
      status: 200,
      body: presentDocument(user, await documentation.get(id)),
    }),
  }),
];

const withdrawOperation = ({ documentation }: DocumentationRoutesOptions): Operation =>
  operation({
    id: 'withdrawDocument',
    method: 'delete',
    path: `${path}/{id}`,
    tag,
    summary: 'Withdraw a document',
    description: 'Suggestions rest on it no more. Training modules that were made from it stay.',
    params: documentParametersSchema,
    replies: { 204: { description: 'Withdrawn' } },
    errors: ['not_found'],
    handle: async ({ params: { id } }) => {
      await documentation.withdraw(id);
      return { status: 204 };
    },
  });

const doorOperations = ({ documentation, webhook }: DocumentationRoutesOptions): Operation[] => [
  operation({
    id: 'publishDocument',
    method: 'post',
    path,
    tag,
    summary: 'Keep a document that was made elsewhere, and update the training modules from it',
    description: 'Every sentence goes through the gate: one that says more than its facts is refused.',
    body: publishDocumentSchema,
    replies: {
      200: { description: 'The document, which was there', schema: documentViewSchema },
      201: { description: 'The document', schema: documentViewSchema },
    },
    handle: async ({ user, body }) => {
      const { stored, isNew } = await documentation.publish(body);
      return documentReply(isNew ? 201 : 200, user, stored);
    },
  }),
  publicOperation({
    id: 'receiveDocumentationWebhook',
    method: 'post',
    path: `${path}/webhook`,
    tag,
    summary: 'Take notice of a push that GitHub or GitLab tells of',
    description:
      'Signed by `X-Hub-Signature-256` (GitHub) or carrying `X-Gitlab-Token` (GitLab), both from ' +
      'DOCS_WEBHOOK_SECRET. The body is the JSON payload of the push. The same push again starts nothing.',
    rawBody: true,
    replies: {
      200: { description: 'Nothing to do', schema: webhookReplySchema },
      202: { description: 'The range will be documented', schema: webhookReplySchema },
    },
    errors: ['bad_signature', 'not_found', 'malformed_json'],
    handle: async ({ rawBody, header }) => {
      const signature = header('x-hub-signature-256');
      const token = header('x-gitlab-token');
      const body = await webhook.receive({ body: rawBody ?? Buffer.alloc(0), signature, token });
      return { status: body.status === 'accepted' ? 202 : 200, body };
    },
  }),
];

/** Documents: making, following, reading, withdrawing, sending, and the webhook. */
export const documentationOperations = (options: DocumentationRoutesOptions): Operation[] => [
  generateOperation(options),
  ...jobOperations(options),
  ...readOperations(options),
  withdrawOperation(options),
  ...doorOperations(options),
];

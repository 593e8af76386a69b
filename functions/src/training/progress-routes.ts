import { AppError } from '../errors/app-error.ts';
import { type Operation, operation } from '../gateway/operation.ts';
import type { Identity } from '../ports/identity.ts';
import type { Page, RecordReader } from '../ports/record-store.ts';
import type { TrainingProgress } from '../ports/records.ts';
import { pageQuerySchema } from '../protocol/common.ts';
import {
  progressOwnerSchema,
  progressPageSchema,
  recordedProgressSchema,
  recordProgressSchema,
  reportPageSchema,
  reportQuerySchema,
} from '../protocol/training-progress.ts';
import type { ProgressReport } from './progress-report.ts';
import type { ProgressService } from './progress-service.ts';
import { presentProgress } from './progress-view.ts';

const tag = 'Training';
const path = '/api/v1/training/progress';
const ofOnePath = `${path}/{id}`;

export interface ProgressRoutesOptions {
  progress: ProgressService;
  report: ProgressReport;
  records: RecordReader;
}

/** The learner that a path names: oneself, or anybody for an administrator. */
const readLearner = async (records: RecordReader, reader: Identity, id: string): Promise<Identity> => {
  if (reader.uid === id) return reader;
  if (reader.role === 'agent')
    throw new AppError('forbidden', 'Only the owner or an administrator may do this.');
  const user = reader.role === 'admin' ? await records.get('users', id) : undefined;
  if (user === undefined) throw new AppError('not_found', 'There is no account with this id.');
  const { email, name, role } = user;
  return { uid: id, email, name, role };
};

const pageReply = ({ items, nextCursor }: Page<TrainingProgress>) => ({
  status: 200,
  body: { items: items.map(presentProgress), ...(nextCursor !== undefined && { nextCursor }) },
});

const readReplies = { 200: { description: 'Progress, newest first', schema: progressPageSchema } };
const recordReplies = {
  200: { description: 'The progress, and how an attempt was graded', schema: recordedProgressSchema },
};
const recordDescription =
  'A start, an end, or the answers to a quiz. It is kept for the version that was shown, and graded by it.';

const readOperations = ({ progress, records }: ProgressRoutesOptions): Operation[] => [
  operation({
    id: 'listTrainingProgress',
    method: 'get',
    path,
    tag,
    summary: 'Read one’s own progress',
    query: pageQuerySchema,
    replies: readReplies,
    errors: ['malformed_cursor'],
    handle: async ({ user, query }) => pageReply(await progress.of(user.uid, query)),
  }),
  operation({
    id: 'listTrainingProgressOf',
    method: 'get',
    path: ofOnePath,
    tag,
    summary: 'Read the progress of a person',
    params: progressOwnerSchema,
    query: pageQuerySchema,
    replies: readReplies,
    errors: ['not_found', 'malformed_cursor'],
    handle: async ({ user, params: { id }, query }) => {
      const learner = await readLearner(records, user, id);
      return pageReply(await progress.of(learner.uid, query));
    },
  }),
];

const recordOperations = ({ progress, records }: ProgressRoutesOptions): Operation[] => [
  operation({
    id: 'recordTrainingProgress',
    method: 'post',
    path,
    tag,
    summary: 'Record one’s own progress, or make an attempt at a quiz',
    description: recordDescription,
    body: recordProgressSchema,
    replies: recordReplies,
    errors: ['not_found', 'too_many_attempts'],
    handle: async ({ user, body }) => ({ status: 200, body: await progress.record(user, body) }),
  }),
  operation({
    id: 'recordTrainingProgressOf',
    method: 'post',
    path: ofOnePath,
    tag,
    summary: 'Record the progress of a person',
    description: recordDescription,
    params: progressOwnerSchema,
    body: recordProgressSchema,
    replies: recordReplies,
    errors: ['not_found', 'too_many_attempts'],
    handle: async ({ user, params: { id }, body }) => {
      const learner = await readLearner(records, user, id);
      return { status: 200, body: await progress.record(learner, body) };
    },
  }),
];

const reportOperations = ({ report }: ProgressRoutesOptions): Operation[] => [
  operation({
    id: 'getTrainingReport',
    method: 'get',
    path: '/api/v1/training/report',
    tag,
    summary: 'Read the progress of everybody, as pages or as one table',
    query: reportQuerySchema,
    replies: {
      200: {
        description: 'Progress of everybody, newest first',
        schema: reportPageSchema,
        otherContentTypes: ['text/csv'],
      },
    },
    errors: ['malformed_cursor'],
    handle: async ({ query }) =>
      query.format === 'json'
        ? { status: 200, body: await report.page(query) }
        : {
            status: 200,
            body: await report.csv(query),
            contentType: 'text/csv; charset=utf-8',
            headers: { 'Content-Disposition': 'attachment; filename="training-progress.csv"' },
          },
  }),
];

/** Progress of learners, and the report of it for administrators. */
export const progressOperations = (options: ProgressRoutesOptions): Operation[] => [
  ...readOperations(options),
  ...recordOperations(options),
  ...reportOperations(options),
];

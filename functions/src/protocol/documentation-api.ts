import { z } from 'zod';
import { documentAudiences } from './audiences.ts';
import { areDistinct, idSchema, pageQuerySchema, pageSchema, timeSchema } from './common.ts';
import { type Document, documentSchema } from './documentation.ts';
import { hasDistinctOptions, isAnswerable, questionSchema } from './quiz.ts';

const audienceSchema = z.enum(documentAudiences);

/** Name of a repository in DOCS_REPOSITORIES; it is looked up there and never used as a path. */
const repositoryNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/, 'a name from the list of allowed repositories')
  .refine((name) => !name.includes('..'), 'a name is not a path');

/** A branch, tag or commit id. What looks like an option or a range is refused before git hears of it. */
const referenceSchema = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_./@+-]{0,199}$/, 'name a branch, a tag or a commit id')
  .refine((name) => !name.includes('..') && !name.includes('@{'), 'name one commit, not a range');

const commitSchema = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);

export const generateDocumentSchema = z.strictObject({
  repository: repositoryNameSchema
    .optional()
    .meta({ description: 'Default: the first of the allowed repositories' }),
  from: referenceSchema
    .optional()
    .meta({ description: 'Its history is left out; default: from the beginning' }),
  to: referenceSchema.optional().meta({ description: 'The last commit; default HEAD' }),
  audience: audienceSchema.default('everyone'),
});

/** How far a run has come, and how it ended. */
export const jobSchema = z.strictObject({
  id: idSchema,
  repository: z.string(),
  from: commitSchema.optional(),
  to: commitSchema,
  audience: audienceSchema,
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.strictObject({
    phase: z.enum(['waiting', 'history', 'content', 'fusion', 'writing', 'finished']),
    done: z.int().min(0),
    total: z.int().min(0).optional(),
  }),
  documentId: idSchema.optional().meta({ description: 'Once it is done' }),
  problem: z.string().optional().meta({ description: 'Why it failed' }),
});

const documentHead = {
  id: idSchema,
  repository: z.string(),
  audience: audienceSchema,
  engineVersion: z.string(),
  origin: z.enum(['generated', 'published']),
  createdAt: timeSchema,
};

export const documentParametersSchema = z.strictObject({ id: idSchema });

export const documentListQuerySchema = pageQuerySchema.extend({
  repository: repositoryNameSchema.optional(),
});

export const documentPageSchema = pageSchema(
  z.strictObject({
    ...documentHead,
    title: z.string(),
    from: commitSchema.optional(),
    to: commitSchema,
  }),
);

/** Who may take a quiz sees its questions without their answers (rule TR2). */
const trainingViewSchema = documentSchema.shape.trainingMaterial.extend({
  quizQuestions: z.array(
    z.union([documentSchema.shape.trainingMaterial.shape.quizQuestions.element, questionSchema]),
  ),
});

/** The whole document for staff; customers are given the part that is written for them. */
export const documentViewSchema = z.strictObject({
  ...documentHead,
  ...documentSchema.partial().shape,
  userDocumentation: documentSchema.shape.userDocumentation,
  trainingMaterial: trainingViewSchema.optional(),
});

/** Modules are made of it, so its parts are told apart and its questions can be answered. */
const isTeachable = ({ trainingMaterial: { videoScript, quizQuestions } }: Document): boolean =>
  areDistinct(videoScript.scenes.map(({ id }) => id)) &&
  areDistinct(quizQuestions.map(({ id }) => id)) &&
  quizQuestions.every((question) => isAnswerable(question) && hasDistinctOptions(question));

export const publishDocumentSchema = z.strictObject({
  repository: repositoryNameSchema,
  audience: audienceSchema.default('everyone'),
  engineVersion: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  document: documentSchema.refine(isTeachable, {
    path: ['trainingMaterial'],
    message:
      'each scene and question has an id of its own, each option a text of its own, and the right ones are among them',
  }),
});

export const webhookReplySchema = z.strictObject({
  status: z.enum(['accepted', 'known', 'ignored']),
  jobId: idSchema.optional(),
  documentId: idSchema.optional(),
  reason: z.string().optional(),
});

export type GenerateDocument = z.output<typeof generateDocumentSchema>;
export type DocumentationJob = z.infer<typeof jobSchema>;
export type DocumentListQuery = z.infer<typeof documentListQuerySchema>;
export type DocumentView = z.infer<typeof documentViewSchema>;
export type DocumentSummary = z.infer<typeof documentPageSchema>['items'][number];
export type PublishDocument = z.output<typeof publishDocumentSchema>;
export type WebhookReply = z.infer<typeof webhookReplySchema>;

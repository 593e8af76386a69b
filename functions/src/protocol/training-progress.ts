import { z } from 'zod';
import { areDistinct, idSchema, pageQuerySchema, pageSchema, timeSchema } from './common.ts';
import { factIdsSchema } from './fact-references.ts';
import { trainingTypes } from './training.ts';

const itemIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const versionSchema = z.int().min(1);
const scoreSchema = z.number().min(0).max(1);

/** Attempts of one person at one version that are kept; whoever guesses is stopped here. */
export const maximumAttempts = 20;

export const recordProgressSchema = z
  .strictObject({
    moduleId: idSchema,
    version: versionSchema.meta({ description: 'The version that was shown' }),
    status: z
      .enum(['started', 'completed'])
      .optional()
      .meta({ description: 'Of videos and interactive modules; a quiz is completed by an attempt' }),
    answers: z
      .array(z.strictObject({ question: itemIdSchema, options: z.array(itemIdSchema).max(8) }))
      .max(200)
      .refine((answers) => areDistinct(answers.map(({ question }) => question)), 'answer each question once')
      .optional()
      .meta({ description: 'An attempt at a quiz: the chosen options of each question' }),
  })
  .refine(
    ({ status, answers }) => (status === undefined) !== (answers === undefined),
    'send either status or answers',
  );

/** One person's progress with one version of a module. */
export const progressSchema = z.strictObject({
  moduleId: idSchema,
  title: z.string(),
  type: z.enum(trainingTypes),
  version: versionSchema,
  startedAt: timeSchema,
  completedAt: timeSchema.optional().meta({ description: 'When it was finished, or the quiz was passed' }),
  score: scoreSchema.optional().meta({ description: 'Best share of right answers' }),
  attempts: z.array(z.strictObject({ at: timeSchema, score: scoreSchema, passed: z.boolean() })),
  updatedAt: timeSchema,
});

export const progressPageSchema = pageSchema(progressSchema);

/** Answer to what was recorded; an attempt is told what was right, and by which facts. */
export const recordedProgressSchema = z.strictObject({
  progress: progressSchema,
  graded: z
    .strictObject({
      score: scoreSchema,
      passed: z.boolean(),
      questions: z.array(
        z.strictObject({
          id: z.string(),
          right: z.boolean(),
          correct: z.array(z.string()),
          explanation: z.string(),
          facts: factIdsSchema,
        }),
      ),
    })
    .optional(),
});

export const progressOwnerSchema = z.strictObject({ id: idSchema });

export const reportQuerySchema = pageQuerySchema.extend({
  module: idSchema.optional(),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ description: 'csv: one table with everybody, without pages' }),
});

export const reportPageSchema = pageSchema(
  progressSchema.extend({ userId: idSchema, name: z.string().nullable() }),
);

export type RecordProgress = z.infer<typeof recordProgressSchema>;
export type ProgressView = z.infer<typeof progressSchema>;
export type RecordedProgress = z.infer<typeof recordedProgressSchema>;
export type ReportQuery = z.output<typeof reportQuerySchema>;
export type ReportPage = z.infer<typeof reportPageSchema>;

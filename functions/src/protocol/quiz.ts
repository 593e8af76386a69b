import { z } from 'zod';
import { areDistinct } from './common.ts';
import { factIdsSchema, staleSchema } from './fact-references.ts';

/** One right answer, several right answers, or a statement to judge. */
export const questionKinds = ['choice', 'multiple', 'true-false'] as const;

const itemIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const optionSchema = z.strictObject({ id: itemIdSchema, text: z.string().trim().min(1).max(500) });

const questionFields = {
  id: itemIdSchema,
  kind: z.enum(questionKinds),
  question: z.string().trim().min(1).max(1_000),
  options: z.array(optionSchema).min(2).max(8),
  facts: factIdsSchema,
  stale: staleSchema.optional(),
};

/** A question as it is shown before the attempt: without its answer. */
export const questionSchema = z.strictObject(questionFields);

/** A question with what the server grades by. */
export const answeredQuestionSchema = z.strictObject({
  ...questionFields,
  correct: z.array(itemIdSchema).min(1).max(8).meta({ description: 'Ids of the right options' }),
  explanation: z.string().trim().min(1).max(2_000),
});

export type AnsweredQuestion = z.infer<typeof answeredQuestionSchema>;

type Answerable = Pick<AnsweredQuestion, 'kind' | 'options' | 'correct'>;

/** Whether each right option is there, and as many as the kind of question wants. */
export const isAnswerable = ({ kind, options, correct }: Answerable): boolean => {
  const ids = new Set(options.map(({ id }) => id));
  const known = ids.size === options.length && correct.every((id) => ids.has(id));
  return known && new Set(correct).size === correct.length && (kind === 'multiple' || correct.length === 1);
};

/** Whether nobody has to choose between two options that read the same. */
export const hasDistinctOptions = ({ options }: Pick<AnsweredQuestion, 'options'>): boolean =>
  areDistinct(options.map(({ text }) => text));

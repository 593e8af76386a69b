import { z } from 'zod';
import { idSchema, pageQuerySchema, pageSchema, timeSchema } from './common.ts';
import { categorySchema } from './enumerations.ts';

const titleSchema = z.string().trim().min(1).max(200);
const bodySchema = z.string().min(1).max(50_000).meta({ description: 'Markdown' });
const tagsSchema = z.array(z.string().trim().min(1).max(40)).max(20);
const keywordsSchema = z
  .array(z.string().trim().min(1).max(80))
  .max(100)
  .meta({ description: 'Words customers use for it, in any language' });
const revisionSchema = z.int().min(1);

export const articleParametersSchema = z.strictObject({ id: idSchema });

export const articleListQuerySchema = pageQuerySchema.extend({
  q: z
    .string()
    .trim()
    .min(2)
    .max(500)
    .optional()
    .meta({ description: 'Best matches first, on one page; without it the newest come first' }),
});

const changedSchema = { updatedAt: timeSchema, updatedBy: z.string() };

const articleFields = {
  title: titleSchema,
  category: categorySchema,
  tags: tagsSchema,
  keywords: keywordsSchema,
};

export const articleSchema = z.strictObject({
  id: idSchema,
  ...articleFields,
  body: bodySchema,
  revision: revisionSchema,
  ...changedSchema,
});

const articleSummarySchema = articleSchema.omit({ body: true, keywords: true }).extend({
  excerpt: z.string().meta({ description: 'How the article begins, as plain text' }),
});

export const articlePageSchema = pageSchema(articleSummarySchema);

export const createArticleSchema = z.strictObject({
  id: idSchema.optional().meta({ description: 'Wanted id, e.g. set-up-bleed; made when absent' }),
  ...articleFields,
  tags: tagsSchema.default([]),
  keywords: keywordsSchema.default([]),
  body: bodySchema,
});

export const updateArticleSchema = z.strictObject({
  ...articleFields,
  body: bodySchema,
  revision: revisionSchema.meta({ description: 'The one you read; another one answers 409' }),
});

const articleRevisionSchema = articleSchema.omit({ id: true }).extend({
  removed: z.boolean().meta({ description: 'The change was the removal of the article' }),
});

export const articleRevisionPageSchema = pageSchema(articleRevisionSchema);

export type ArticleListQuery = z.infer<typeof articleListQuerySchema>;
export type CreateArticle = z.infer<typeof createArticleSchema>;
export type UpdateArticle = z.infer<typeof updateArticleSchema>;
export type ArticleSummary = z.infer<typeof articleSummarySchema>;
export type ArticleRevisionView = z.infer<typeof articleRevisionSchema>;
export type ArticleView = z.infer<typeof articleSchema>;

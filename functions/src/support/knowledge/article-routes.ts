import { operation } from '../../gateway/operation.ts';
import type { Page } from '../../ports/record-store.ts';
import type { Article, ArticleRevision } from '../../ports/records.ts';
import {
  type ArticleRevisionView,
  type ArticleSummary,
  articleListQuerySchema,
  articlePageSchema,
  articleParametersSchema,
  articleRevisionPageSchema,
  articleSchema,
  createArticleSchema,
  updateArticleSchema,
} from '../../protocol/articles.ts';
import { pageQuerySchema } from '../../protocol/common.ts';
import { excerptOf } from './article-passages.ts';
import type { ArticleService } from './article-service.ts';

const tag = 'Knowledge';
const path = '/api/v1/articles';
const onePath = `${path}/{id}`;
const params = articleParametersSchema;

const presentSummary = ({ body, keywords: _, ...summary }: Article): ArticleSummary => ({
  ...summary,
  excerpt: excerptOf(body),
});

const presentRevision = ({ id: _, articleId: __, ...revision }: ArticleRevision): ArticleRevisionView =>
  revision;

const presentPage = <Item, View>({ items, nextCursor }: Page<Item>, present: (item: Item) => View) => ({
  items: items.map(present),
  ...(nextCursor !== undefined && { nextCursor }),
});

const readOperations = (articles: ArticleService) => [
  operation({
    id: 'listArticles',
    method: 'get',
    path,
    tag,
    summary: 'List or search the knowledge articles',
    query: articleListQuerySchema,
    replies: { 200: { description: 'A page of articles', schema: articlePageSchema } },
    errors: ['malformed_cursor'],
    handle: async ({ query }) => ({
      status: 200,
      body: presentPage(await articles.list(query), presentSummary),
    }),
  }),
  operation({
    id: 'getArticle',
    method: 'get',
    path: onePath,
    tag,
    summary: 'Read an article',
    params,
    replies: { 200: { description: 'The article as it stands', schema: articleSchema } },
    errors: ['not_found'],
    handle: async ({ params: { id } }) => ({ status: 200, body: await articles.get(id) }),
  }),
  operation({
    id: 'listArticleRevisions',
    method: 'get',
    path: `${onePath}/revisions`,
    tag,
    summary: 'Read how an article has changed',
    params,
    query: pageQuerySchema,
    replies: { 200: { description: 'Revisions, newest first', schema: articleRevisionPageSchema } },
    errors: ['not_found', 'malformed_cursor'],
    handle: async ({ params: { id }, query }) => ({
      status: 200,
      body: presentPage(await articles.revisions(id, query), presentRevision),
    }),
  }),
];

const writeOperations = (articles: ArticleService) => [
  operation({
    id: 'createArticle',
    method: 'post',
    path,
    tag,
    summary: 'Write an article',
    body: createArticleSchema,
    replies: { 201: { description: 'The article', schema: articleSchema } },
    errors: ['already_exists'],
    handle: async ({ user, body }) => {
      const article = await articles.create(user, body);
      return { status: 201, body: article, headers: { Location: `${path}/${article.id}` } };
    },
  }),
  operation({
    id: 'updateArticle',
    method: 'put',
    path: onePath,
    tag,
    summary: 'Change an article',
    description: 'Send the whole article with the revision you read; another one answers 409.',
    params,
    body: updateArticleSchema,
    replies: { 200: { description: 'The article after the change', schema: articleSchema } },
    errors: ['not_found', 'conflict'],
    handle: async ({ user, params: { id }, body }) => ({
      status: 200,
      body: await articles.update(user, id, body),
    }),
  }),
  operation({
    id: 'deleteArticle',
    method: 'delete',
    path: onePath,
    tag,
    summary: 'Remove an article; its revisions stay',
    params,
    replies: { 204: { description: 'Removed' } },
    errors: ['not_found'],
    handle: async ({ user, params: { id } }) => {
      await articles.remove(user, id);
      return { status: 204 };
    },
  }),
];

/** The knowledge articles: reading for everybody, writing for administrators. */
export const articleOperations = (articles: ArticleService) => [
  ...readOperations(articles),
  ...writeOperations(articles),
];

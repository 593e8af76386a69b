import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { Cache } from '../../ports/cache.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Page, RecordStore, Transaction } from '../../ports/record-store.ts';
import type { Article, ArticleRevision } from '../../ports/records.ts';
import type { ArticleListQuery, CreateArticle, UpdateArticle } from '../../protocol/articles.ts';
import type { PageQuery } from '../../protocol/common.ts';
import { revisionOf } from './article-revisions.ts';
import type { KnowledgeIndex } from './knowledge-index.ts';

/** Knowledge articles; every change is kept as a revision. */
export interface ArticleService {
  list(query: ArticleListQuery): Promise<Page<Article>>;
  /** AppError `not_found`. */
  get(id: string): Promise<Article>;
  /** Newest first, of removed articles too; AppError `not_found` for an id that never was. */
  revisions(id: string, query: PageQuery): Promise<Page<ArticleRevision>>;
  /** AppError `already_exists` when the wanted id is taken or belonged to an article that was removed. */
  create(user: Identity, article: CreateArticle): Promise<Article>;
  /** AppError `not_found`, or `conflict` when somebody else has changed it meanwhile. */
  update(user: Identity, id: string, change: UpdateArticle): Promise<Article>;
  /** AppError `not_found`. */
  remove(user: Identity, id: string): Promise<void>;
}

export interface ArticleServiceOptions {
  store: RecordStore;
  cache: Cache;
  clock: Clock;
  index: KnowledgeIndex;
}

/** Cache scope of everything made from articles. */
const articleScope = 'articles';

const listTtlMs = 5 * 60_000;
const noArticle = 'There is no article with this id.';

const readArticle = async (transaction: Transaction, id: string): Promise<Article> => {
  const article = await transaction.get('articles', id);
  if (article === undefined) throw new AppError('not_found', noArticle);
  return article;
};

const keep = (transaction: Transaction, article: Article): Article => {
  transaction.put('articles', article);
  transaction.create('articleRevisions', revisionOf(article));
  return article;
};

export const createArticleService = ({
  store,
  cache,
  clock,
  index,
}: ArticleServiceOptions): ArticleService => {
  const cached = <Value>(key: string, compute: () => Promise<Value>): Promise<Value> =>
    cache.getOrCompute({ scope: articleScope, key, ttlMs: listTtlMs }, compute);

  const signed = ({ uid }: Identity) => ({ updatedAt: isoTime(clock.now()), updatedBy: uid });

  /** The change is seen by the next read on every node; the index of this process reads anew at once. */
  const changing = async <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
    const result = await store.transaction(work);
    index.changed();
    await cache.invalidate([articleScope]);
    return result;
  };

  const found = async (text: string, limit: number): Promise<Page<Article>> => ({
    items: (await index.search(text, limit, 'article')).flatMap(({ item }) =>
      item.kind === 'article' ? [item.article] : [],
    ),
  });

  return {
    list: async ({ q, limit, cursor }) => {
      if (q === undefined) {
        return cached(`list:${limit}:${cursor ?? ''}`, () =>
          store.list('articles', { orderBy: 'updatedAt', direction: 'descending', limit, cursor }),
        );
      }
      if (cursor !== undefined) {
        throw new AppError(
          'malformed_cursor',
          'A search has one page: leave `cursor` out, or ask for more by `limit`.',
        );
      }
      return found(q, limit);
    },
    get: async (id) => {
      const article = await cached(`article:${id}`, async () => (await store.get('articles', id)) ?? null);
      if (article === null) throw new AppError('not_found', noArticle);
      return article;
    },
    revisions: async (id, { limit, cursor }) => {
      const page = await store.list('articleRevisions', {
        where: [{ field: 'articleId', operator: '==', value: id }],
        orderBy: 'revision',
        direction: 'descending',
        limit,
        cursor,
      });
      if (page.items.length === 0 && cursor === undefined) throw new AppError('not_found', noArticle);
      return page;
    },
    create: (user, { id = newId(), ...fields }) =>
      changing(async (transaction) => {
        const article: Article = { id, ...fields, revision: 1, ...signed(user) };
        transaction.create('articles', article);
        transaction.create('articleRevisions', revisionOf(article));
        return article;
      }),
    update: (user, id, { revision, ...fields }) =>
      changing(async (transaction) => {
        const article = await readArticle(transaction, id);
        if (article.revision !== revision) {
          throw new AppError('conflict', 'Somebody changed the article meanwhile: read it again first.');
        }
        return keep(transaction, { id, ...fields, revision: revision + 1, ...signed(user) });
      }),
    remove: (user, id) =>
      changing(async (transaction) => {
        const article = await readArticle(transaction, id);
        const last = { ...article, revision: article.revision + 1, ...signed(user) };
        transaction.delete('articles', id);
        transaction.create('articleRevisions', revisionOf(last, true));
      }),
  };
};

import type { Article, ArticleRevision } from '../../ports/records.ts';

/** The article as it stands, to be kept for ever; `removed` when this is how it ended. */
export const revisionOf = ({ id, ...fields }: Article, removed = false): ArticleRevision => ({
  ...fields,
  id: `${id}-${fields.revision}`,
  articleId: id,
  removed,
});

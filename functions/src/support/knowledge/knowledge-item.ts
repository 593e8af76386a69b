import type { Article } from '../../ports/records.ts';
import type { SuggestionSource } from '../../protocol/support.ts';
import { passagesOf } from './article-passages.ts';
import type { DocumentTopic } from './document-topics.ts';
import type { Quotable } from './quote.ts';

/** What suggestions can rest on: an article, or what a document says to users of one topic (rule RO9). */
export type KnowledgeItem =
  | { kind: 'article'; key: string; article: Article }
  | { kind: 'document'; key: string; topic: DocumentTopic };

export const articleItem = (article: Article): KnowledgeItem => ({
  kind: 'article',
  key: `article/${article.id}`,
  article,
});

export const documentItem = (topic: DocumentTopic): KnowledgeItem => {
  const { documentId, section, name } = topic;
  return { kind: 'document', key: `document/${documentId}/${section}/${name}`, topic };
};

/** Differs when what is known under the same key has changed. */
export const stateOf = (item: KnowledgeItem): string =>
  item.kind === 'article' ? String(item.article.revision) : item.topic.sentences.join('\n');

/** What is searched. Sentences of documents are a field of their own: each is as short and telling as a title. */
export interface SearchedText {
  title?: string;
  keywords?: readonly string[];
  tags?: readonly string[];
  body?: string;
  sentences?: readonly string[];
}

export const searchedText = (item: KnowledgeItem): SearchedText => {
  if (item.kind === 'document') return { tags: [item.topic.name], sentences: item.topic.sentences };
  const { title, keywords, tags, body } = item.article;
  return { title, keywords, tags, body };
};

export const quotableOf = (item: KnowledgeItem): Quotable => {
  if (item.kind === 'article') {
    const [lead, ...others] = passagesOf(item.article.body);
    return lead === undefined ? { others } : { lead, others };
  }
  // The steps of a document are of different things to do, unlike those of an article.
  return { others: item.topic.sentences.map((text) => ({ text, kind: 'note' })) };
};

export const sourceOf = (item: KnowledgeItem): SuggestionSource => {
  if (item.kind === 'article') {
    const { id, title, revision } = item.article;
    return { articleId: id, title, revision };
  }
  const { documentId, title, version, section } = item.topic;
  return { documentId, title, version, section };
};

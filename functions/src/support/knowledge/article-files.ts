import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Article } from '../../ports/records.ts';
import { categorySchema } from '../../protocol/enumerations.ts';
import { revisionOf } from './article-revisions.ts';

/** The articles that come with the code; the folder is as far away from src/ as from dist/. */
export const shippedArticles = new URL('../../../knowledge/', import.meta.url);

/** Who wrote the articles that come with the code. */
const author = 'proofdesk';

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/;

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const headSchema = z.strictObject({
  title: z.string().min(1),
  category: categorySchema,
  tags: list,
  keywords: list,
  updated: z.iso.date(),
});

/** Reads one article file. Throws with the file's name when it is not written as the others are. */
export const parseArticleFile = (name: string, text: string): Article => {
  const match = frontMatter.exec(text);
  if (match === null)
    throw new Error(`${name}: an article begins with its front matter between two lines "---"`);
  const [, head = '', body = ''] = match;
  const pairs = head.split(/\r?\n/).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const parsed = headSchema.safeParse(Object.fromEntries(pairs));
  if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
  const { updated, ...fields } = parsed.data;
  return {
    id: name.replace(/\.md$/, ''),
    ...fields,
    body: body.trim(),
    revision: 1,
    updatedAt: `${updated}T00:00:00.000Z`,
    updatedBy: author,
  };
};

/** Reads every `*.md` of a folder. */
export const readArticleFiles = async (folder: URL): Promise<Article[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(
    names.map(async (name) => parseArticleFile(name, await readFile(new URL(name, folder), 'utf8'))),
  );
};

/** Gives a new store its articles; one that has ever held an article keeps its own. Returns how many were added. */
export const seedArticles = async (store: RecordStore, folder: URL = shippedArticles): Promise<number> => {
  const { items } = await store.list('articles', { orderBy: 'updatedAt', direction: 'descending', limit: 1 });
  if (items.length > 0) return 0;
  const articles = await readArticleFiles(folder);
  const [first] = articles;
  if (first === undefined || (await store.get('articleRevisions', revisionOf(first).id)) !== undefined)
    return 0;
  await store.write((writer) => {
    for (const article of articles) {
      writer.put('articles', article);
      writer.put('articleRevisions', revisionOf(article));
    }
  });
  return articles.length;
};

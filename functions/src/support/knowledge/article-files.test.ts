import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import { articleSchema } from '../../protocol/articles.ts';
import { parseArticleFile, readArticleFiles, seedArticles, shippedArticles } from './article-files.ts';
import { excerptOf, passagesOf, plainText } from './article-passages.ts';

const file = `---
title: Set up bleed
category: technical
tags: bleed, pdf
keywords: white edge, fond perdu
updated: 2026-11-22
---
Bleed is **cut away**. Give every edge *3 mm* of it.

## Steps

1. Open [the dialog](https://example.org) and
   enter \`3 mm\`
2. Save.

## Why

Paper shifts. A cut may land outside!
`;

describe('article files', () => {
  let store: RecordStore;
  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
  });
  afterEach(() => store.close());

  test('[RO9] an article file gives its article', () => {
    expect(parseArticleFile('set-up-bleed.md', file)).toMatchObject({
      id: 'set-up-bleed',
      title: 'Set up bleed',
      category: 'technical',
      tags: ['bleed', 'pdf'],
      keywords: ['white edge', 'fond perdu'],
      revision: 1,
      updatedAt: '2026-11-22T00:00:00.000Z',
    });
  });

  test.each([
    ['no front matter', 'Just text'],
    ['an unknown category', file.replace('technical', 'files')],
    ['a missing field', file.replace('tags: bleed, pdf\n', '')],
  ])('[RO9] a file with %s is refused by its name', (_, text) => {
    expect(() => parseArticleFile('bad.md', text)).toThrow(/^bad\.md/);
  });

  test('[RO9] every article that comes with the code is one that the API would accept, thirty at least', async () => {
    const articles = await readArticleFiles(shippedArticles);
    expect(articles.length).toBeGreaterThanOrEqual(30);
    for (const article of articles) expect(articleSchema.safeParse(article).error?.issues).toBeUndefined();
  });

  test('[RO9] a new store gets the articles with their first revisions; an old one keeps its own', async () => {
    const added = await seedArticles(store);
    expect(added).toBeGreaterThanOrEqual(30);
    expect(await store.get('articleRevisions', 'set-up-bleed-1')).toMatchObject({ removed: false });
    await store.write((writer) => writer.delete('articles', 'set-up-bleed'));
    expect(await seedArticles(store)).toBe(0);
    expect(await store.get('articles', 'set-up-bleed')).toBeUndefined();
  });

  test('[RO9] passages are the article’s own sentences without markup; a list item stays whole', () => {
    const { body } = parseArticleFile('set-up-bleed.md', file);
    expect(passagesOf(body)).toEqual([
      { kind: 'lead', text: 'Bleed is cut away.' },
      { kind: 'lead', text: 'Give every edge 3 mm of it.' },
      { kind: 'step', text: 'Open the dialog and enter 3 mm.' },
      { kind: 'step', text: 'Save.' },
      { kind: 'note', text: 'Paper shifts.' },
      { kind: 'note', text: 'A cut may land outside!' },
    ]);
  });

  test.each([
    ['Bleed is **cut away**. Give it 3 mm.\n\nMore.', 'Bleed is cut away.'],
    ['# Title\n\nThe first words.', 'The first words.'],
    ['- One thing\n- Another', 'One thing.'],
    ['', ''],
  ])('[RO9] an article is introduced by its first sentence: %j', (body, excerpt) => {
    expect(excerptOf(body)).toBe(excerpt);
  });

  test.each([
    ['2 * 3 * 4 mm', '2 * 3 * 4 mm'],
    ['***both***', 'both'],
    ['snake_case_name', 'snake_case_name'],
    ['![alt](x.png) text', 'alt text'],
  ])('[RO9] markup is taken away and nothing else: %s', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });
});

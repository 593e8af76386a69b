import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCache } from '../../engines/memory/memory-cache.ts';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { shopGuide, shopPassages } from '../../testing/shop-guides.ts';
import { type ArticleService, createArticleService } from './article-service.ts';
import { createKnowledgeIndex } from './knowledge-index.ts';

const admin: Identity = { uid: 'admin-1', email: 'a@example.org', name: 'A', role: 'admin' };
const bleed = {
  id: 'set-up-bleed',
  title: 'Set up bleed',
  body: 'Bleed is cut away.\n\n## Steps\n\n1. Enter 3 mm.',
  category: 'technical' as const,
  tags: ['bleed'],
  keywords: ['white edge', 'fond perdu'],
};

const guide = shopGuide({ passages: [...shopPassages] });

describe('article service', () => {
  let store: RecordStore;
  let clock: ManualClock;
  let articles: ArticleService;

  /** Another process has its own cache and index over the same store. */
  const openProcess = (): ArticleService => {
    const index = createKnowledgeIndex({ store, clock });
    return createArticleService({ store, clock, index, cache: createMemoryCache({ clock }) });
  };
  const idsFor = async (service: ArticleService, q: string): Promise<string[]> =>
    (await service.list({ q, limit: 10 })).items.map(({ id }) => id);

  beforeEach(async () => {
    store = await openSqliteStore({ file: ':memory:' });
    clock = createManualClock();
    articles = openProcess();
  });
  afterEach(() => store.close());

  test('[RO9] every change of an article is a revision that stays', async () => {
    await articles.create(admin, bleed);
    clock.advance(60_000);
    await articles.update(admin, bleed.id, { ...bleedWithout('id'), title: 'Bleed', revision: 1 });
    await articles.remove(admin, bleed.id);
    const { items } = await articles.revisions(bleed.id, { limit: 10 });
    expect(items.map(({ revision, title, removed }) => [revision, title, removed])).toEqual([
      [3, 'Bleed', true],
      [2, 'Bleed', false],
      [1, 'Set up bleed', false],
    ]);
    expect(items[1]).toMatchObject({ updatedBy: 'admin-1', updatedAt: '2026-01-31T09:31:00.000Z' });
    await expect(articles.get(bleed.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('[HT3] a search has one page, so that no cursor is passed over', async () => {
    await articles.create(admin, bleed);
    await articles.create(admin, { ...bleed, id: 'another' });
    const { nextCursor } = await articles.list({ limit: 1 });
    expect(nextCursor).toBeDefined();
    const further = articles.list({ q: 'bleed', limit: 1, cursor: nextCursor });
    await expect(further).rejects.toMatchObject({ code: 'malformed_cursor' });
  });

  test('[RO9] a change on top of another one’s change is refused', async () => {
    await articles.create(admin, bleed);
    await articles.update(admin, bleed.id, { ...bleedWithout('id'), revision: 1 });
    await expect(
      articles.update(admin, bleed.id, { ...bleedWithout('id'), revision: 1 }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('[RE6] an id is used once, also after its article was removed', async () => {
    await articles.create(admin, bleed);
    await expect(articles.create(admin, bleed)).rejects.toMatchObject({ code: 'already_exists' });
    await articles.remove(admin, bleed.id);
    await expect(articles.create(admin, bleed)).rejects.toMatchObject({ code: 'already_exists' });
  });

  test('[HT6] a write is seen by the next read and the next search', async () => {
    await expect(articles.get(bleed.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await idsFor(articles, 'white edge')).toEqual([]);
    await articles.create(admin, bleed);
    expect((await articles.get(bleed.id)).revision).toBe(1);
    expect(await idsFor(articles, 'white edge')).toEqual([bleed.id]);
    await articles.update(admin, bleed.id, { ...bleedWithout('id'), keywords: [], revision: 1 });
    expect(await idsFor(articles, 'white edge')).toEqual([]);
    await articles.remove(admin, bleed.id);
    expect((await articles.list({ limit: 10 })).items).toEqual([]);
  });

  test('[RO9] what another process wrote is found within 30 seconds', async () => {
    const other = openProcess();
    expect(await idsFor(other, 'bleed')).toEqual([]);
    await articles.create(admin, bleed);
    clock.advance(29_999);
    expect(await idsFor(other, 'bleed')).toEqual([]);
    clock.advance(1);
    expect(await idsFor(other, 'bleed')).toEqual([bleed.id]);
  });

  test.each(['WHITE EDGES', 'fond perdú', 'perrdu', 'ble', 'fonds-perdus'])(
    '[RO9] search forgives case, accents, endings, slips and beginnings: %s',
    async (q) => {
      await articles.create(admin, bleed);
      expect(await idsFor(articles, q)).toEqual(q === 'ble' ? [] : [bleed.id]);
    },
  );

  test('[RO9] searches at the same time read the articles once and all see them', async () => {
    await articles.create(admin, bleed);
    const found = await Promise.all([1, 2, 3].map(() => idsFor(articles, 'bleed')));
    expect(found).toEqual([[bleed.id], [bleed.id], [bleed.id]]);
  });

  const bleedWithout = (_: 'id') => {
    const { id: __, ...fields } = bleed;
    return fields;
  };

  test('[RO9] a search for articles finds articles alone', async () => {
    await store.write((writer) => writer.put('documentGuides', guide));
    await articles.create(admin, bleed);
    expect(await idsFor(articles, 'gift card code')).toEqual([]);
    expect(await idsFor(articles, 'bleed of a gift card')).toEqual(['set-up-bleed']);
  });
});

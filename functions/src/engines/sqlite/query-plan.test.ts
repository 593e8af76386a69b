import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CollectionIndex, collections } from '../../ports/collections.ts';
import { encodeCursor } from '../../ports/cursor.ts';
import type { Condition, Query, RecordStore } from '../../ports/record-store.ts';
import type { CollectionName } from '../../ports/records.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { indexName, isListIndex, isPrimaryKey } from '../sql/naming.ts';
import type { SqliteConnection } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';
import { openSqliteStore } from './sqlite-store.ts';

type AnyQuery = Query<CollectionName>;

/** A store, and the plan that SQLite makes for a query to it. */
const openPlanned = async (): Promise<{
  store: RecordStore;
  planOf: (collection: CollectionName, query: AnyQuery) => Promise<string[]>;
}> => {
  const file = join(await makeFolder(), 'records.db');
  const prepared: string[] = [];
  const open = (path: string): SqliteConnection => {
    const connection = openLibsql(path);
    const prepare = (sql: string) => {
      prepared.push(sql);
      return connection.prepare(sql);
    };
    return { exec: (sql) => connection.exec(sql), prepare, close: () => connection.close() };
  };
  const store = await openSqliteStore({ file, open });
  const planner = openLibsql(file);
  const planOf = async (collection: CollectionName, query: AnyQuery): Promise<string[]> => {
    await store.list(collection, query);
    const sql = String(prepared.at(-1));
    expect(sql).toContain('LIMIT');
    return planner
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all([])
      .map((row) => String(row[3]));
  };
  return { store, planOf };
};

const valueFor = (collection: CollectionName, field: string): string | number => {
  const kind = new Map(Object.entries(collections[collection].fields)).get(field);
  return kind === 'integer' || kind === 'real' ? 1 : 'a';
};

const queryFor = (index: CollectionIndex<string>, conditions: object[]): AnyQuery => ({
  where: conditions as Condition<CollectionName>[],
  orderBy: index.order as AnyQuery['orderBy'],
  direction: 'descending',
  limit: 50,
});

const cases = (Object.keys(collections) as CollectionName[]).flatMap((collection) => {
  const indexes: readonly CollectionIndex<string>[] = collections[collection].indexes;
  return indexes.map((index) => ({ name: indexName(collection, index), collection, index }));
});

describe('query plans', () => {
  for (const { name, collection, index } of cases) {
    const list = isListIndex(collection, index);
    const expected = isPrimaryKey(index) ? `sqlite_autoindex_${collection}_1` : name;
    const equal = { field: index.equal, operator: list ? 'contains' : '==', value: 'a' };
    const filter = index.equal === undefined ? [] : [equal];

    it(`[RE3] ${name} is walked in order, nothing is sorted or read in full`, async () => {
      const { store, planOf } = await openPlanned();
      const plan = await planOf(collection, queryFor(index, filter));
      const walk = isPrimaryKey(index) ? /^SCAN \w+ USING/ : /^SEARCH \w+ USING/;
      expect(plan[0]).toMatch(walk);
      expect(plan[0]).toContain(list ? 'entry USING PRIMARY KEY' : expected);
      for (const step of plan.slice(1)) expect(step).toMatch(/^SEARCH \w+ USING INDEX sqlite_autoindex_/);
      await store.close();
    });

    it(`[RE3] ${name} finds a range of its order`, async () => {
      const { store, planOf } = await openPlanned();
      const range = { field: index.order, operator: '>=', value: valueFor(collection, index.order) };
      const plan = await planOf(collection, queryFor(index, [...filter, range]));
      expect(plan[0]).toMatch(new RegExp(`^SEARCH .*(${list ? 'PRIMARY KEY' : expected}) .*>`));
      expect(plan.join()).not.toMatch(/TEMP B-TREE/);
      await store.close();
    });

    it(`[RE3] ${name} starts a later page at the cursor, not at the end of the range`, async () => {
      const { store, planOf } = await openPlanned();
      const range = { field: index.order, operator: '<=', value: valueFor(collection, index.order) };
      const query = queryFor(index, [...filter, range]);
      const position = { value: valueFor(collection, index.order), id: 'a' };
      const plan = await planOf(collection, { ...query, cursor: encodeCursor(collection, query, position) });
      const bound = index.order === 'id' ? /id<\?/ : /\(\w+,id\)<\(\?,\?\)/;
      expect(plan[0]).toMatch(bound);
      expect(plan.join()).not.toMatch(/TEMP B-TREE/);
      await store.close();
    });

    if (index.equal !== undefined) {
      it(`[RE3] ${name} answers several values with a walk each`, async () => {
        const { store, planOf } = await openPlanned();
        const several = { ...equal, operator: list ? 'contains' : 'in', value: ['a', 'b', 'c'] };
        const plan = await planOf(collection, queryFor(index, [several]));
        const walks = plan.filter(
          (step) => step.startsWith('SEARCH') && step.includes(list ? 'entry' : expected),
        );
        expect(walks).toHaveLength(3);
        expect(plan.filter((step) => step.startsWith(`SCAN ${collection}`))).toEqual([]);
        await store.close();
      });
    }
  }
});

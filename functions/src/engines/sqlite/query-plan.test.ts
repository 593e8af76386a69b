import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordStore } from '../../ports/record-store.ts';
import type { CollectionName } from '../../ports/records.ts';
import { type AnyQuery, indexedQueries, laterPage, queryOver } from '../../testing/indexed-queries.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { isPrimaryKey } from '../sql/naming.ts';
import type { SqliteConnection } from './driver.ts';
import { openLibsql } from './libsql-driver.ts';
import { openSqliteStore } from './sqlite-store.ts';

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

describe('query plans', () => {
  for (const indexed of indexedQueries) {
    const { name, collection, index, list, filter, bound } = indexed;
    const expected = isPrimaryKey(index) ? `sqlite_autoindex_${collection}_1` : name;

    it(`[RE3] ${name} is walked in order, nothing is sorted or read in full`, async () => {
      const { store, planOf } = await openPlanned();
      const plan = await planOf(collection, queryOver(indexed, filter));
      const walk = isPrimaryKey(index) ? /^SCAN \w+ USING/ : /^SEARCH \w+ USING/;
      expect(plan[0]).toMatch(walk);
      expect(plan[0]).toContain(list ? 'entry USING PRIMARY KEY' : expected);
      for (const step of plan.slice(1)) expect(step).toMatch(/^SEARCH \w+ USING INDEX sqlite_autoindex_/);
      await store.close();
    });

    it(`[RE3] ${name} finds a range of its order`, async () => {
      const { store, planOf } = await openPlanned();
      const range = { field: index.order, operator: '>=', value: bound };
      const plan = await planOf(collection, queryOver(indexed, [...filter, range]));
      expect(plan[0]).toMatch(new RegExp(`^SEARCH .*(${list ? 'PRIMARY KEY' : expected}) .*>`));
      expect(plan.join()).not.toMatch(/TEMP B-TREE/);
      await store.close();
    });

    it(`[RE3] ${name} starts a later page at the cursor, not at the end of the range`, async () => {
      const { store, planOf } = await openPlanned();
      const range = { field: index.order, operator: '<=', value: bound };
      const plan = await planOf(collection, laterPage(indexed, queryOver(indexed, [...filter, range])));
      expect(plan[0]).toMatch(index.order === 'id' ? /id<\?/ : /\(\w+,id\)<\(\?,\?\)/);
      expect(plan.join()).not.toMatch(/TEMP B-TREE/);
      await store.close();
    });

    if (index.equal !== undefined) {
      it(`[RE3] ${name} answers several values with a walk each`, async () => {
        const { store, planOf } = await openPlanned();
        const operator = list ? 'contains' : 'in';
        const several = { field: index.equal, operator, value: ['a', 'b', 'c'] };
        const plan = await planOf(collection, queryOver(indexed, [several]));
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

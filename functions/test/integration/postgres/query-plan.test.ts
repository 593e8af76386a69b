import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connections, type Parameter } from '../../../src/engines/postgres/connections.ts';
import { migrate } from '../../../src/engines/postgres/migrate.ts';
import { Tables } from '../../../src/engines/postgres/tables.ts';
import { indexName, isListIndex, isPrimaryKey } from '../../../src/engines/sql/naming.ts';
import { type CollectionIndex, collections } from '../../../src/ports/collections.ts';
import { encodeCursor } from '../../../src/ports/cursor.ts';
import type { Condition, Query } from '../../../src/ports/record-store.ts';
import type { CollectionName } from '../../../src/ports/records.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';

type AnyQuery = Query<CollectionName>;

let cluster: PostgresCluster;
let connections: Connections;
beforeAll(async () => {
  cluster = await openPostgresCluster({ fsync: 'off' });
  const url = await cluster.freshUrl();
  await migrate(url);
  connections = new Connections({ url });
});
afterAll(async () => {
  await connections.close();
  await cluster.dispose();
});

/** How PostgreSQL goes about a query when the tables are too large to be read or sorted. */
const planOf = async (collection: CollectionName, query: AnyQuery): Promise<string> => {
  let asked: { text: string; values: readonly Parameter[] } | undefined;
  const tables = new Tables(async (text, values = []) => {
    asked = { text, values };
    return [];
  });
  await tables.page(collection, query);
  return connections.lend(async (run) => {
    await run('SET enable_seqscan = off');
    await run('SET enable_sort = off');
    await run('SET enable_bitmapscan = off');
    const lines = await run(`EXPLAIN ${asked?.text}`, asked?.values);
    await run('RESET ALL');
    return lines.map(([line]) => String(line)).join('\n');
  });
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

describe('query plans of PostgreSQL', () => {
  it.each(cases)(
    '[RE3] $name is walked in order, from the cursor on; nothing is sorted or read in full',
    async ({ name, collection, index }) => {
      const list = isListIndex(collection, index);
      const walked = isPrimaryKey(index) || list ? `${list ? name : collection}_pkey` : name;
      const equal = { field: index.equal, operator: list ? 'contains' : '==', value: 'a' };
      const filter = index.equal === undefined ? [] : [equal];
      const first = queryFor(index, filter);
      const position = { value: valueFor(collection, index.order), id: 'a' };
      const later = { ...first, cursor: encodeCursor(collection, first, position) };
      for (const query of [first, later]) {
        const plan = await planOf(collection, query);
        expect(plan).toMatch(new RegExp(`Index (Only )?Scan Backward using "?${walked}"?`));
        expect(plan).not.toMatch(/Seq Scan|Sort/);
      }
      const bound = index.order === 'id' ? /Index Cond: .*id.* < / : /Index Cond: .*ROW\(/;
      expect(await planOf(collection, later)).toMatch(bound);
    },
  );
});

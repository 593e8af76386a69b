import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connections, type Parameter } from '../../../src/engines/postgres/connections.ts';
import { migrate } from '../../../src/engines/postgres/migrate.ts';
import { Tables } from '../../../src/engines/postgres/tables.ts';
import { isPrimaryKey } from '../../../src/engines/sql/naming.ts';
import type { CollectionName } from '../../../src/ports/records.ts';
import { type AnyQuery, indexedQueries, laterPage, queryOver } from '../../../src/testing/indexed-queries.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';

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

describe('query plans of PostgreSQL', () => {
  it.each(indexedQueries)(
    '[RE3] $name is walked in order, from the cursor on; nothing is sorted or read in full',
    async (indexed) => {
      const { name, collection, index, list, filter } = indexed;
      const walked = isPrimaryKey(index) || list ? `${list ? name : collection}_pkey` : name;
      const first = queryOver(indexed, filter);
      const later = laterPage(indexed, first);
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

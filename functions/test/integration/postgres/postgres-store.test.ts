import { afterAll, beforeAll } from 'vitest';
import { openPostgresStore } from '../../../src/engines/postgres/postgres-store.ts';
import { describeRecordStore } from '../../../src/ports/record-store.contract.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster({ fsync: 'off' });
});
afterAll(() => cluster.dispose());

describeRecordStore({
  name: 'postgres',
  async open() {
    const url = await cluster.freshUrl();
    return { store: await openPostgresStore({ url }), another: () => openPostgresStore({ url }) };
  },
});

import { afterAll, beforeAll } from 'vitest';
import { openPostgresStore } from '../../../src/engines/postgres/postgres-store.ts';
import { describeSessionLog } from '../../../src/ports/session-log.contract.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster({ fsync: 'off' });
});
afterAll(() => cluster.dispose());

describeSessionLog({
  name: 'postgres',
  async open() {
    const url = await cluster.freshUrl();
    return { store: await openPostgresStore({ url }), another: () => openPostgresStore({ url }) };
  },
});

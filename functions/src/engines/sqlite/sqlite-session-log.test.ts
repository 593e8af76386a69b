import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSessionLog } from '../../ports/session-log.contract.ts';
import { openSqliteStore } from './sqlite-store.ts';

describeSessionLog({
  name: 'sqlite',
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'proofdesk-log-'));
    const file = join(folder, 'records.db');
    return {
      store: await openSqliteStore({ file }),
      another: () => openSqliteStore({ file }),
      dispose: () => rm(folder, { recursive: true }),
    };
  },
});

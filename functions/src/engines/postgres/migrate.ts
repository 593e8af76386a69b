import { Connections, type RunStatement } from './connections.ts';
import { migrations } from './migrations.ts';

/** Names the lock among others of the same database; any number that nothing else uses. */
const migrationLock = 7_205_911_437;

const versionTable = '"schemaVersion"';

/** Asked by a query: `to_regclass` may answer from what this connection knew before it waited for the lock. */
const isMade = `SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = 'schemaVersion'`;

const readVersion = async (run: RunStatement): Promise<number> => {
  if ((await run(isMade)).length === 0) return 0;
  const [row] = await run(`SELECT "version" FROM ${versionTable}`);
  return Number(row?.[0] ?? 0);
};

const refuseNewer = (found: number, known: number): void => {
  if (found <= known) return;
  throw new Error(
    `The records in this database were written by a newer version (schema ${found}; this version knows ${known}). ` +
      'Start the newer version, or put back a copy of the records that this version made.',
  );
};

const apply = async (run: RunStatement, steps: readonly (readonly string[])[]): Promise<void> => {
  await run('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
  const found = await readVersion(run);
  refuseNewer(found, steps.length);
  for (const statement of steps.slice(found).flat()) await run(statement);
  if (found === 0) await run(`CREATE TABLE ${versionTable} ("version" INTEGER NOT NULL)`);
  await run(`DELETE FROM ${versionTable}`);
  await run(`INSERT INTO ${versionTable} VALUES ($1)`, [steps.length]);
};

/** A step may rewrite a table, and another node may be at it: neither is a statement that hangs. */
const stepWithinMs = 600_000;

/**
 * Brings the schema to the newest version, all missing steps in one transaction: a crash leaves the old version.
 * Of several nodes that start together one migrates, the others wait for it and find it done.
 */
export const migrate = async (url: string, steps = migrations): Promise<void> => {
  const connections = new Connections({ url, statementTimeoutMs: stepWithinMs, connections: 1 });
  try {
    const found = await readVersion(connections.run);
    refuseNewer(found, steps.length);
    if (found === steps.length) return;
    await connections.lend(async (run) => {
      await run('BEGIN');
      await apply(run, steps);
      await run('COMMIT');
    });
  } finally {
    await connections.close();
  }
};

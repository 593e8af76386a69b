import type { SqliteConnection } from './driver.ts';
import { migrations } from './migrations.ts';

const versionOf = (connection: SqliteConnection): number =>
  Number(connection.prepare('PRAGMA user_version').get([])?.[0]);

const refuseNewer = (found: number, known: number, file: string): void => {
  if (found <= known) return;
  throw new Error(
    `The records in ${file} were written by a newer version (schema ${found}; this version knows ${known}). ` +
      'Start the newer version, or put back a copy of the records that this version made.',
  );
};

/**
 * Brings the schema of a file to the newest version, all missing steps in one transaction: a crash leaves the
 * old version. Of several processes that start together one migrates and the others find it done.
 */
export const migrate = (connection: SqliteConnection, file: string, steps = migrations): void => {
  refuseNewer(versionOf(connection), steps.length, file);
  if (versionOf(connection) === steps.length) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    const found = versionOf(connection);
    refuseNewer(found, steps.length, file);
    for (const statements of steps.slice(found)) {
      for (const statement of statements) connection.exec(statement);
    }
    connection.exec(`PRAGMA user_version = ${steps.length}`);
    connection.exec('COMMIT');
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
};

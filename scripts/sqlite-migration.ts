/**
 * Prints the SQLite migration that is missing between the migrations so far and `collections`, as the text of a
 * file for functions/src/engines/sqlite/migrations/. With `--first`, the whole schema, starting from nothing.
 *
 *   npx tsx scripts/sqlite-migration.ts agentNotes > functions/src/engines/sqlite/migrations/0002-agent-notes.ts
 */
import { openLibsql } from '../functions/src/engines/sqlite/libsql-driver.ts';
import { schemaStatements } from '../functions/src/engines/sqlite/schema.ts';
import { schemaDifference } from '../functions/src/engines/sqlite/schema-difference.ts';

/** Loaded late, so that the file of the first migration may be the one that is being written. */
const missingStatements = async (): Promise<string[]> => {
  const { migrate } = await import('../functions/src/engines/sqlite/migrate.ts');
  const migrated = openLibsql(':memory:');
  migrate(migrated, 'memory');
  return schemaDifference(migrated, openLibsql(':memory:'));
};

const fromNothing = process.argv[2] === '--first';
const name = fromNothing ? 'first' : (process.argv[2] ?? 'next');
const statements = fromNothing
  ? schemaStatements().filter((statement) => !statement.startsWith('INSERT'))
  : await missingStatements();
const lines = statements.map((statement) => `  '${statement}',`);

console.log(`/** Written once and never changed afterwards: databases that hold it are out there. */
export const ${name}: readonly string[] = [
${lines.join('\n')}
];`);

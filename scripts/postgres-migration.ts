/**
 * Prints the PostgreSQL migration that is missing between the migrations so far and `collections`, as the text of
 * a file for functions/src/engines/postgres/migrations/. With `--first`, the whole schema, starting from nothing.
 *
 *   npx tsx scripts/postgres-migration.ts agentNotes > functions/src/engines/postgres/migrations/0002-agent-notes.ts
 */
import { schemaDifference } from '../functions/src/engines/postgres/schema-difference.ts';

const fromNothing = process.argv[2] === '--first';
const name = fromNothing ? 'first' : (process.argv[2] ?? 'next');
/** Loaded late, so that the file of the first migration may be the one that is being written. */
const steps = fromNothing ? [] : (await import('../functions/src/engines/postgres/migrations.ts')).migrations;
const lines = schemaDifference(steps).map((statement) =>
  statement.includes("'") ? `  \`${statement.replaceAll('$', '\\$')}\`,` : `  '${statement}',`,
);

console.log(`/** Written once and never changed afterwards: databases that hold it are out there. */
export const ${name}: readonly string[] = [
${lines.join('\n')}
];`);

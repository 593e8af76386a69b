/**
 * Writes what the cloud function is to know into a file that the Firebase command line reads, after reading it as
 * the function will: what would keep the function from starting ends the deployment first.
 *
 *   npx tsx scripts/function-settings.ts deploy/settings/.env
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensureFitForFunction } from '../functions/src/compose/fit-for-function.ts';
import { parseConfig } from '../functions/src/config.ts';
import { dotenvOf, environmentOfFunction, settingsForFunction } from '../functions/src/function-settings.ts';
import { StartRefusal } from '../functions/src/start-refusal.ts';

const [file = 'deploy/settings/.env'] = process.argv.slice(2);
const { FIREBASE_PROJECT_ID: projectId } = process.env;
const said = settingsForFunction(process.env);

try {
  if (!projectId?.trim()) throw new StartRefusal('FIREBASE_PROJECT_ID is missing: name the project.');
  const firebaseConfig = JSON.stringify({ projectId });
  ensureFitForFunction(parseConfig(environmentOfFunction({ ...said, FIREBASE_CONFIG: firebaseConfig })));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, dotenvOf(said), { mode: 0o600 });
  console.log(`The function gets ${Object.keys(said).sort().join(', ')}.`);
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  console.error(`Nothing was deployed. ${error.message}`);
  process.exitCode = 1;
}

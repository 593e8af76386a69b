import { setFlagsFromString } from 'node:v8';

/** Reads facts as the command line does, compiled: node read-facts.js FOLDER FROM messages|content CACHE-FILE */
const [folder = '', from = '', depth, file = ''] = process.argv.slice(2);
// As the command line has it, in functions/bin/proofdesk.js.
setFlagsFromString('--interrupt-budget=2000000');
const built = new URL('../../functions/dist/', import.meta.url);
const { createReadFacts } = await import(new URL('documentation/facts/read-facts.js', built).href);
const { openGitHistory } = await import(new URL('engines/git/git-history.js', built).href);
const { openAnalysisFile } = await import(new URL('engines/analysis-file/analysis-file.js', built).href);

const history = openGitHistory({ folder, environment: { PATH: process.env.PATH ?? '' } });
const readFacts = createReadFacts({ history, cache: openAnalysisFile({ file }) });
const report = await readFacts({ from: from || undefined, content: depth === 'content' });
process.stdout.write(JSON.stringify(report));

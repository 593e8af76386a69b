import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type PartName, partNames } from './realtime/parts.ts';
import { type SubjectName, subjectNames } from './rest/field.ts';

const usage = `Usage: npm run bench rest -- [options]   requests per CPU second beside bare Express
       npm run bench realtime -- [...]   the room beside relays, Hocuspocus and a bare durable server
       npm run bench ai -- [options]     the local model beside NLP.js and natural
       npm run bench postgres            durable operations beside the bare driver of PostgreSQL
       npm run bench nodes -- [options]  cursors over two nodes and Redis beside one node
       npm run bench docs -- [options]   facts of a long history beside git and changelog tools

  --check            fail when a goal is missed or the machine was too noisy to tell
rest, realtime and nodes:
  --only NAMES       rest: comma list of ${subjectNames.join(', ')};
                     realtime: of ${partNames.join(', ')}
  --rounds N         measured rounds (5)
  --seconds N        length of one window (1.5)
  --profile FOLDER   write a CPU profile of Proofdesk there
rest:
  --connections N    keep-alive connections to each server (32)
  --gzip             offer gzip, so that replies above 1 KB are compressed
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1.5' },
    connections: { type: 'string', default: '32' },
    gzip: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

/** The names that were asked for, all of them unless some were. */
const chosen = <Name extends string>(names: readonly Name[]): Name[] =>
  (values.only?.split(',') ?? names).map((name) => {
    const known = names.find((candidate) => candidate === name);
    if (known === undefined) throw new Error(`There is no "${name}": use ${names.join(', ')}.`);
    return known;
  });

const rounds = Number(values.rounds);
const windowMs = Number(values.seconds) * 1_000;
// npm runs this in bench/; the folder is meant from where npm was called.
const profile = values.profile && resolve(process.env.INIT_CWD ?? '', values.profile);

const rest = async (): Promise<boolean> => {
  const { runRest } = await import('./rest/run-rest.ts');
  const { believable, goalsMet } = await runRest({
    subjects: chosen<SubjectName>(subjectNames),
    rounds,
    windowMs,
    connections: Number(values.connections),
    gzip: values.gzip,
    profile,
  });
  return believable && goalsMet;
};

const realtime = async (): Promise<boolean> => {
  const { runRealtime } = await import('./realtime/run-realtime.ts');
  const options = { parts: chosen<PartName>(partNames), rounds, windowMs, profile };
  const { believable, goalsMet } = await runRealtime(options);
  return believable && goalsMet;
};

const ai = async (): Promise<boolean> => {
  const { runAi } = await import('./ai/run-ai.ts');
  return runAi();
};

const postgres = async (): Promise<boolean> => {
  const { runPostgres } = await import('./postgres/run-postgres.ts');
  return runPostgres();
};

const nodes = async (): Promise<boolean> => {
  const { runNodes } = await import('./nodes/run-nodes.ts');
  return runNodes({ rounds, windowMs, profile });
};

const docs = async (): Promise<boolean> => {
  const { runDocs } = await import('./docs/run-docs.ts');
  return runDocs({ rounds });
};

const commands: Record<string, (() => Promise<boolean>) | undefined> = {
  rest,
  realtime,
  ai,
  postgres,
  nodes,
  docs,
};

const command = commands[positionals[0] ?? ''];
if (command === undefined) {
  process.stdout.write(usage);
  if (positionals[0] !== 'help') process.exitCode = 1;
} else {
  const good = await command();
  if (values.check && !good) process.exitCode = 1;
}

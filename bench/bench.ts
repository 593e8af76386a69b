import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type SubjectName, subjectNames } from './rest/field.ts';

const usage = `Usage: npm run bench rest -- [options]   requests per CPU second beside bare Express
       npm run bench ai -- [options]     the local model beside NLP.js and natural

  --check            fail when a goal is missed or the machine was too noisy to tell
rest:
  --only NAMES       comma list of ${subjectNames.join(', ')}
  --rounds N         measured rounds (5)
  --seconds N        length of one window (1.5)
  --connections N    keep-alive connections to each server (32)
  --gzip             offer gzip, so that replies above 1 KB are compressed
  --profile FOLDER   write a CPU profile of Proofdesk there
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    only: { type: 'string', default: subjectNames.join() },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1.5' },
    connections: { type: 'string', default: '32' },
    gzip: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const subjectNamed = (name: string): SubjectName => {
  const known = subjectNames.find((candidate) => candidate === name);
  if (known === undefined) throw new Error(`There is no "${name}": use ${subjectNames.join(', ')}.`);
  return known;
};

const rest = async (): Promise<boolean> => {
  const { runRest } = await import('./rest/run-rest.ts');
  const { believable, goalsMet } = await runRest({
    subjects: values.only.split(',').map(subjectNamed),
    rounds: Number(values.rounds),
    windowMs: Number(values.seconds) * 1_000,
    connections: Number(values.connections),
    gzip: values.gzip,
    // npm runs this in bench/; the folder is meant from where npm was called.
    profile: values.profile && resolve(process.env.INIT_CWD ?? '', values.profile),
  });
  return believable && goalsMet;
};

const ai = async (): Promise<boolean> => {
  const { runAi } = await import('./ai/run-ai.ts');
  return runAi();
};

const commands: Record<string, (() => Promise<boolean>) | undefined> = { rest, ai };

const command = commands[positionals[0] ?? ''];
if (command === undefined) {
  process.stdout.write(usage);
  if (positionals[0] !== 'help') process.exitCode = 1;
} else {
  const good = await command();
  if (values.check && !good) process.exitCode = 1;
}

import { buildProofdesk } from '../http/proofdesk-process.ts';
import { withTemporaryFolder } from '../http/temporary-folder.ts';
import { type Field, type FieldOptions, prepareField, type SubjectName } from './field.ts';
import { judgeGoals } from './goals.ts';
import { reportGoals, reportTable } from './report.ts';
import {
  controlRange,
  isBelievable,
  measureRounds,
  type RoundOptions,
  type Samples,
  warmUp,
} from './rounds.ts';

export interface RestOptions extends Omit<FieldOptions, 'folder' | 'nodeOptions'>, RoundOptions {
  /** Folder for a processor profile of Proofdesk. */
  profile: string | undefined;
}

/** What came of a run. */
export interface RestOutcome {
  believable: boolean;
  goalsMet: boolean;
}

/** A noisy machine gets this many chances in one run. */
const mostAttempts = 3;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const measureBelievably = async (field: Field, options: RoundOptions): Promise<RestOutcome> => {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const samples = await measureRounds(field, options);
    const believable = [...samples.values()].every(isBelievable);
    print(`\n${reportTable(field, samples)}\n\n${reportGoals(samples)}\n`);
    if (believable || attempt === mostAttempts) return concluded(samples, believable);
    print('Not valid: the machine is noisy, two equal servers differed too much. Measuring again.');
  }
  throw new Error('No attempt was made.');
};

const concluded = (samples: Samples, believable: boolean): RestOutcome => {
  const { lowest, highest } = controlRange;
  print(
    believable
      ? `Valid: the control stayed within ${lowest}-${highest} of its twin.`
      : `Not valid: noisy machine, the control left ${lowest}-${highest} each time.`,
  );
  return { believable, goalsMet: judgeGoals(samples).every(({ met }) => met) };
};

const routeSubjects: readonly SubjectName[] = ['cached', 'uncached'];

/** Each reply to a route request must have left a decision behind; a figure without that counts for nothing. */
const ensureDecisionsStored = (field: Field, before: number): void => {
  const stored = field.proofdesk.countDecisions() - before;
  const answered = routeSubjects.reduce((sum, name) => sum + field.subjects[name].answered, 0);
  if (stored !== answered) {
    throw new Error(`${answered} route requests were answered, but ${stored} decisions are stored.`);
  }
  print(`Stored decisions: ${stored}, one for each of the ${answered} answered route requests.`);
};

const measureField = async (field: Field, options: RestOptions): Promise<RestOutcome> => {
  const { rounds, windowMs, connections } = options;
  try {
    const decisionsBefore = field.proofdesk.countDecisions();
    print('Warming up ...');
    await warmUp(field, options);
    print(`Measuring: ${rounds} rounds of ${windowMs} ms, ${connections} connections to each server.`);
    const outcome = await measureBelievably(field, options);
    await field.stop();
    ensureDecisionsStored(field, decisionsBefore);
    return outcome;
  } finally {
    await field.stop();
  }
};

/** Compares requests per processor-second of Proofdesk with those of bare servers in the same windows. */
export const runRest = (options: RestOptions): Promise<RestOutcome> => {
  const { profile } = options;
  print('Building and starting the servers ...');
  buildProofdesk();
  return withTemporaryFolder(async (folder) => {
    const nodeOptions = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    return measureField(await prepareField({ ...options, folder, nodeOptions }), options);
  });
};

import { buildProofdesk } from '../http/proofdesk-process.ts';
import { withTemporaryFolder } from '../http/temporary-folder.ts';
import { measureAdds } from './adds.ts';
import { type CursorLoad, measureCursors } from './cursors.ts';
import { type Field, prepareField } from './field.ts';
import {
  addsBelievable,
  controlRange,
  cursorsBelievable,
  type GoalResult,
  judgeAdds,
  judgeCursors,
  judgeIdle,
} from './goals.ts';
import { measureIdle } from './idle.ts';
import { type PartName, partNames } from './parts.ts';
import { installReferences } from './references.ts';
import { addTable, cursorTable, goalLines, idleTable } from './report.ts';

export interface RealtimeOptions {
  parts: readonly PartName[];
  rounds: number;
  windowMs: number;
  /** Folder for a processor profile of Proofdesk. */
  profile: string | undefined;
}

/** What came of a run. */
export interface RealtimeOutcome {
  believable: boolean;
  goalsMet: boolean;
}

interface PartResult {
  table: string;
  goals: GoalResult[];
  believable: boolean;
}

/** A noisy machine gets this many chances for each part. */
const mostAttempts = 2;

/**
 * Half a thousand clients in rooms of 10 make 45,000 deliveries a second. In rooms of 50 a hundred make as many;
 * more would measure how far the raw relay falls behind.
 */
const cursorLoads = {
  'rooms-of-10': { clients: 500, roomSize: 10, movesPerSecond: 10 },
  'rooms-of-50': { clients: 100, roomSize: 50, movesPerSecond: 10 },
} as const satisfies Record<string, CursorLoad>;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const cursorPart = async (field: Field, load: CursorLoad, options: RealtimeOptions): Promise<PartResult> => {
  const rounds = await measureCursors(field, { ...options, load });
  return {
    table: cursorTable(field, rounds),
    goals: judgeCursors(rounds, load),
    believable: cursorsBelievable(rounds),
  };
};

const parts: Record<
  PartName,
  { title: string; measure(field: Field, options: RealtimeOptions): Promise<PartResult> }
> = {
  idle: {
    title: 'Idle connections',
    measure: async (field) => {
      const samples = await measureIdle(field);
      return { table: idleTable(samples), goals: judgeIdle(samples), believable: true };
    },
  },
  'rooms-of-10': {
    title: 'Cursors: 500 clients in rooms of 10, 10 moves a second each',
    measure: (field, options) => cursorPart(field, cursorLoads['rooms-of-10'], options),
  },
  'rooms-of-50': {
    title: 'Cursors: 100 clients in rooms of 50, 10 moves a second each',
    measure: (field, options) => cursorPart(field, cursorLoads['rooms-of-50'], options),
  },
  adds: {
    title: 'Durable annotation adds: 50 clients, acknowledged after the commit',
    measure: async (field, options) => {
      const samples = await measureAdds(field, options);
      return { table: addTable(samples), goals: judgeAdds(samples), believable: addsBelievable(samples) };
    },
  },
};

const measurePart = async (name: PartName, field: Field, options: RealtimeOptions): Promise<PartResult> => {
  const { title, measure } = parts[name];
  for (let attempt = 1; ; attempt += 1) {
    const result = await measure(field, options);
    print(`\n${title}\n\n${result.table}\n\n${goalLines(result.goals)}`);
    if (result.believable || attempt === mostAttempts) return result;
    print('Not valid: the machine is noisy. Measuring again.');
  }
};

/** Each acknowledged stroke must be stored once; a figure without that counts for nothing. */
const ensureStrokesStored = ({ proofdesk, acknowledged }: Field): void => {
  const stored = proofdesk.countAnnotations();
  if (stored !== acknowledged) {
    throw new Error(`${acknowledged} strokes were acknowledged, but ${stored} are stored.`);
  }
  if (stored > 0) print(`\nStored annotations: ${stored}, one for each acknowledged add.`);
};

const measureField = async (field: Field, options: RealtimeOptions): Promise<RealtimeOutcome> => {
  const results: PartResult[] = [];
  // The order is that of the list: idle connections need servers as they start.
  for (const name of partNames) {
    if (options.parts.includes(name)) results.push(await measurePart(name, field, options));
  }
  await field.stop();
  ensureStrokesStored(field);
  const believable = results.every((result) => result.believable);
  const { lowest, highest } = controlRange;
  print(
    believable
      ? `Valid: the controls stayed within ${lowest}-${highest} of their twins, and the references kept up.`
      : `Not valid: noisy machine, a control left ${lowest}-${highest} or a reference did not keep up.`,
  );
  return { believable, goalsMet: results.every(({ goals }) => goals.every(({ met }) => met)) };
};

/** Compares the room with relays, with Hocuspocus and with a bare durable server, each under the same load. */
export const runRealtime = (options: RealtimeOptions): Promise<RealtimeOutcome> => {
  installReferences();
  print('Building and starting the servers ...');
  buildProofdesk();
  const { profile } = options;
  return withTemporaryFolder(async (folder) => {
    const nodeOptions = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const field = await prepareField({ folder, nodeOptions });
    try {
      return await measureField(field, options);
    } finally {
      await field.stop();
    }
  });
};

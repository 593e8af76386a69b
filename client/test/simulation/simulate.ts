import { openSqliteStore } from '../../../functions/src/engines/sqlite/sqlite-store.ts';
import type { LoggedRecordStore } from '../../../functions/src/ports/session-log.ts';
import { checkCalls } from './call-invariants.ts';
import { checkCalm, checkNothingLeft } from './invariants.ts';
import { calmDown, letSomethingHappen } from './troubles.ts';
import { World } from './world.ts';

/** Longest time, in virtual milliseconds, until everybody is up to date again. */
const calmWithinMs = 240_000;
/** After that whoever went without a word has been given up. */
const quietMs = 20_000;
/** After everybody has left: graces and idle rooms are over. */
const emptyMs = 61_000;

const isCalm = async ({ store, editors, participation }: World): Promise<boolean> => {
  for (const sessionId of participation.sessionIds) {
    const head = (await store.log.read(sessionId, 0, 1)).head;
    for (const { client, user, sessionId: own } of editors) {
      if (own !== sessionId || !participation.takesPart(user, sessionId)) continue;
      const { pending, position } = client.view;
      if (client.phase === 'ended') continue;
      const isThere = position?.seq === head.seq && position.epoch === head.epoch;
      if (client.phase !== 'joined' || pending.length > 0 || !isThere) return false;
    }
  }
  return true;
};

const untilCalm = async (world: World): Promise<void> => {
  const { time, watch } = world;
  const end = time.now + calmWithinMs;
  while (watch.problem === undefined && time.now < end) {
    await time.pass(5_000);
    calmDown(world);
    if (await isCalm(world)) return;
  }
  const states = world.editors.map(({ name, sessionId, client }) => {
    const { pending, position } = client.view;
    const of = `of ${sessionId} at ${JSON.stringify(position)} of ${watch.head(sessionId)}`;
    return `${name} ${client.phase} ${of} with ${pending.length} pending`;
  });
  watch.fail(`not everybody came to rest: ${states.join(', ')}`);
};

const live = async (world: World): Promise<void> => {
  const { chance, time, watch } = world;
  await world.begin();
  for (let left = chance.whole(15, 55); left > 0 && watch.problem === undefined; left -= 1) {
    await letSomethingHappen(world);
    await time.pass(chance.happens(0.3) ? 0 : chance.next() * 1_500);
  }
  calmDown(world);
  await untilCalm(world);
  if (watch.problem === undefined) await time.pass(quietMs);
  if (watch.problem === undefined) await checkCalm(world);
  if (watch.problem === undefined) await checkCalls(world);
  for (const { client } of world.editors) client.close();
  if (watch.problem !== undefined) return;
  await time.pass(emptyMs);
  await checkNothingLeft(world);
};

/** What came of a run; `steps` tell of its end. */
interface SimulationResult {
  problem: string | undefined;
  steps: readonly string[];
}

/** A run that went wrong. */
export interface Failure extends SimulationResult {
  seed: number;
  problem: string;
}

/** Sessions of one run have ids of their own, so that many runs share a store. */
const simulate = async (seed: number, store: LoggedRecordStore): Promise<SimulationResult> => {
  const world = new World(seed, store);
  await live(world);
  const { problem, steps } = world.watch;
  return { problem, steps };
};

/** Runs per store: a few milliseconds are needed to make one, and it grows with every run. */
const runsPerStore = 125;

export interface SeedsOptions {
  first: number;
  /** Whether to go on after so many runs. */
  more(runs: number): boolean;
}

/** Runs seed after seed until one fails or there are no more. */
export const findFailure = async ({
  first,
  more,
}: SeedsOptions): Promise<{ runs: number; failure?: Failure }> => {
  let runs = 0;
  while (more(runs)) {
    const store = await openSqliteStore({ file: ':memory:' });
    try {
      do {
        const seed = first + runs;
        const { problem, steps } = await simulate(seed, store);
        runs += 1;
        if (problem !== undefined) return { runs, failure: { seed, problem, steps } };
      } while (runs % runsPerStore > 0 && more(runs));
    } finally {
      await store.close();
    }
  }
  return { runs };
};

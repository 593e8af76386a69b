import { expect } from 'vitest';
import { type Failure, findFailure, type SeedsOptions } from './simulate.ts';

/** Steps of the end of a failed run that are printed; a replay prints all that are kept. */
const printedSteps = 60;

const reportOf = ({ seed, problem, steps }: Failure, printed: number): string =>
  [
    `Seed ${seed}: ${problem}`,
    `Replay it with: SIMULATION_SEED=${seed} npm run test:soak`,
    ...steps.slice(-printed),
  ].join('\n');

/** Fails with the seed of the first run that went wrong, how to replay it, and what happened last. */
export const expectEveryRunToHold = async (
  options: SeedsOptions,
  printed = printedSteps,
): Promise<number> => {
  const { failure, runs } = await findFailure(options);
  if (failure !== undefined) expect.fail(reportOf(failure, printed));
  return runs;
};

import { AppError } from '../../errors/app-error.ts';
import type { Attempt, Turns } from '../../ports/turns.ts';

/** Times the work of a transaction runs before it gives up. */
const maxTries = 20;

/** Runs a transaction until no other was faster for what it read; AppError `conflict` when others always are. */
export const untilCommitted = async <Result>(
  turns: Turns,
  attempt: (tries: number) => Promise<Attempt<Result>>,
): Promise<Result> => {
  const committed = await turns.attempt(maxTries, attempt);
  if (committed !== undefined) return committed.result;
  throw new AppError('conflict', 'Others keep changing the same record. Try again.', { retryAfterMs: 1000 });
};

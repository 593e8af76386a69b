import type { Timers } from '../../ports/timers.ts';

/** The result when it comes within the time, else undefined; the work goes on. */
export const within = <Result>(
  timers: Timers,
  limitMs: number,
  work: Promise<Result>,
): Promise<Result | undefined> =>
  new Promise((resolve, reject) => {
    const cancel = timers.after(limitMs, () => resolve(undefined));
    work.finally(cancel).then(resolve, reject);
  });

import { setTimeout as pause } from 'node:timers/promises';

export interface Pace {
  /** Who sends, in turn. */
  senders: number;
  /** Of all senders together. */
  perSecond: number;
  windowMs: number;
}

/** Lets the senders send evenly, one after another; `due` is the moment at which each should. */
export const sendEvenly = async (
  { senders, perSecond, windowMs }: Pace,
  send: (sender: number, due: number) => void,
): Promise<void> => {
  const startsAt = performance.now();
  const spacingMs = 1_000 / perSecond;
  const total = Math.floor(windowMs / spacingMs);
  for (let next = 0; next < total; ) {
    const dueBy = startsAt + next * spacingMs;
    if (dueBy > performance.now()) await pause(1);
    else {
      send(next % senders, dueBy);
      next += 1;
    }
  }
};

/** The entries in another order, the same each time, so that two runs send the same. */
export const shuffled = <Entry>(entries: readonly Entry[]): Entry[] => {
  let seed = 1;
  const mixed = [...entries];
  for (let left = mixed.length; left > 1; left -= 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    const taken = seed % left;
    [mixed[left - 1], mixed[taken]] = [mixed[taken] as Entry, mixed[left - 1] as Entry];
  }
  return mixed;
};

import { v7 as newId } from 'uuid';

/** Time and chance, as the client needs them; a simulation brings its own. */
export interface Surroundings {
  /** Wall time in milliseconds since 1970 UTC. */
  now(): number;
  /** Does the work once, after the delay, unless the returned function is called before. */
  after(delayMs: number, work: () => void): () => void;
  /** From 0 up to, without, 1. */
  random(): number;
  /** A new id, `[A-Za-z0-9_-]{1,64}`, that nobody else makes. */
  newId(): string;
}

export const realSurroundings: Surroundings = {
  now: () => Date.now(),
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  // Not crypto.randomUUID: browsers have that on HTTPS only, and shops run this in their own network too.
  newId: () => newId(),
};

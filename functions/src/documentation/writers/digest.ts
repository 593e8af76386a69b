import { createHash } from 'node:crypto';

/** A short name for a content: the same for the same, on every machine. */
export const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

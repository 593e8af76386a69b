import { READ_LIMIT } from './text-folding.ts';

/** Families of features; each is scaled to length one by itself and then weighted. */
export const FeatureGroup = {
  words: 0,
  phrases: 1,
  places: 2,
  letters: 3,
  meaning: 4,
  company: 5,
  whole: 6,
  shape: 7,
} as const;
export const GROUP_COUNT = 8;

const CAPACITY = READ_LIMIT * 12;

/** The hashed features of one text with the group of each, repeated as often as they occur. Reused. */
export class FeatureList {
  readonly hashes = new Int32Array(CAPACITY);
  readonly groups = new Uint8Array(CAPACITY);
  count = 0;

  clear(): void {
    this.count = 0;
  }

  add(group: number, hash: number): void {
    if (this.count >= CAPACITY) return;
    this.hashes[this.count] = hash;
    this.groups[this.count++] = group;
  }
}

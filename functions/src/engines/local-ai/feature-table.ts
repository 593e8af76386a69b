import type { Model } from './model-file.ts';

/** What `find` gives for a feature that the model does not know. */
export const UNKNOWN = -1;

/** Columns that are summed up in one pass over the rows; weights are padded to a multiple of them. */
export const LANES = 8;

const BUCKET_BITS = 16;
/** An entry is its mixed key, the bits of its idf, how often the text at hand holds it, and nothing. */
const ENTRY_WORDS = 4;
const IDF = 1;
const COUNT = 2;

/** One to one, and spreads keys over the buckets. */
function mix(key: number): number {
  return Math.imul(key, 0x9e3779b1);
}

function bucketOf(mixed: number): number {
  return mixed >>> (32 - BUCKET_BITS);
}

/** How many keys stand before those of each bucket. */
function countBefore(keys: Int32Array): Int32Array {
  const starts = new Int32Array(2 ** BUCKET_BITS + 1);
  for (const key of keys) (starts[bucketOf(mix(key)) + 1] as number)++;
  for (let bucket = 1; bucket < starts.length; bucket++) {
    (starts[bucket] as number) += starts[bucket - 1] as number;
  }
  return starts;
}

/**
 * The features of a model, laid out for reading. A text touches hundreds of rows all over the table, and most of
 * what that costs is fetching them: so all that is known of a row besides its weights lies side by side, and rows
 * are found by their place instead of by a second table.
 */
export class FeatureTable {
  /** Row by row with `stride` columns, the last of them empty; a model's byte q stands here as q * |q|. */
  readonly weights: Int16Array;
  readonly stride: number;
  readonly #starts: Int32Array;
  readonly #entries: Int32Array;
  readonly #idf: Float32Array;

  constructor({ header, keys, idf, weights }: Model) {
    const width = header.outputs.length;
    this.stride = Math.ceil(width / LANES) * LANES;
    this.weights = new Int16Array(keys.length * this.stride);
    this.#starts = countBefore(keys);
    this.#entries = new Int32Array(keys.length * ENTRY_WORDS);
    this.#idf = new Float32Array(this.#entries.buffer);
    const next = this.#starts.slice();
    for (let source = 0; source < keys.length; source++) {
      const mixed = mix(keys[source] as number);
      const row = (next[bucketOf(mixed)] as number)++;
      this.#entries[row * ENTRY_WORDS] = mixed;
      this.#idf[row * ENTRY_WORDS + IDF] = idf[source] as number;
      this.#fillRow(row, weights, source * width, width);
    }
  }

  #fillRow(row: number, bytes: Int8Array, first: number, width: number): void {
    for (let column = 0; column < width; column++) {
      const byte = bytes[first + column] as number;
      this.weights[row * this.stride + column] = byte * Math.abs(byte);
    }
  }

  /** The row of a feature, or UNKNOWN. */
  find(hash: number): number {
    const mixed = mix(hash);
    const bucket = bucketOf(mixed);
    const end = this.#starts[bucket + 1] as number;
    for (let row = this.#starts[bucket] as number; row < end; row++) {
      if (this.#entries[row * ENTRY_WORDS] === mixed) return row;
    }
    return UNKNOWN;
  }

  /** Counts one more occurrence in the text at hand and returns how many there are now. */
  countOne(row: number): number {
    return ++(this.#entries[row * ENTRY_WORDS + COUNT] as number);
  }

  /** The occurrences that were counted; from now on there are none. */
  takeCount(row: number): number {
    const place = row * ENTRY_WORDS + COUNT;
    const count = this.#entries[place] as number;
    this.#entries[place] = 0;
    return count;
  }

  idfOf(row: number): number {
    return this.#idf[row * ENTRY_WORDS + IDF] as number;
  }
}

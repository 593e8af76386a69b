import type { FeatureList } from './feature-list.ts';
import { GROUP_COUNT } from './feature-list.ts';
import type { Model } from './model-file.ts';

const EMPTY = -1;
/** Few enough to stay in the cache, enough to keep searches short. */
const SLOTS_PER_ROW = 1.5;
const SQUARES = Float32Array.from({ length: 256 }, (_, byte) => (byte - 128) * Math.abs(byte - 128));

const MOST_COUNTED = 1024;
const LOGARITHMS = Float64Array.from({ length: MOST_COUNTED }, (_, count) => Math.log(Math.max(1, count)));
/** A feature that occurs still more often in the text counts as this often. */
const MOST = Math.log(MOST_COUNTED);

/** Maps feature hashes to rows of the weight table by open addressing. */
class RowTable {
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #keys: Int32Array;

  constructor(keys: Int32Array) {
    this.#keys = keys;
    const size = 2 ** Math.ceil(Math.log2(keys.length * SLOTS_PER_ROW + 2));
    this.#mask = size - 1;
    this.#slots = new Int32Array(size).fill(EMPTY);
    for (let row = 0; row < keys.length; row++) this.#insert(row);
  }

  #slotOf(hash: number): number {
    return (Math.imul(hash, 0x9e3779b1) >>> 8) & this.#mask;
  }

  #insert(row: number): void {
    let slot = this.#slotOf(this.#keys[row] as number);
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = row;
  }

  find(hash: number): number {
    let slot = this.#slotOf(hash);
    for (;;) {
      const row = this.#slots[slot] as number;
      if (row === EMPTY || this.#keys[row] === hash) return row;
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** Computes the outputs of a model for the features of one text. Reuses its buffers; not reentrant. */
export class LinearModel {
  readonly outputs: Float64Array;
  readonly #model: Model;
  readonly #rows: RowTable;
  readonly #occurrences: Uint16Array;
  readonly #touched: Int32Array;
  readonly #touchedGroup: Uint8Array;
  #touchedCount = 0;
  readonly #values: Float64Array;
  readonly #groupFactor = new Float64Array(GROUP_COUNT);

  constructor(model: Model) {
    this.#model = model;
    this.#rows = new RowTable(model.keys);
    this.#occurrences = new Uint16Array(model.keys.length);
    this.#touched = new Int32Array(model.keys.length);
    this.#values = new Float64Array(model.keys.length);
    this.#touchedGroup = new Uint8Array(model.keys.length);
    this.outputs = new Float64Array(model.header.outputs.length);
  }

  read(features: FeatureList): Float64Array {
    this.#countKnown(features);
    this.#normaliseGroups();
    this.#accumulate();
    return this.outputs;
  }

  #countKnown(features: FeatureList): void {
    this.#touchedCount = 0;
    for (let index = 0; index < features.count; index++) {
      const row = this.#rows.find(features.hashes[index] as number);
      if (row === EMPTY) continue;
      if (this.#occurrences[row] === 0) {
        this.#touchedGroup[this.#touchedCount] = features.groups[index] as number;
        this.#touched[this.#touchedCount++] = row;
      }
      (this.#occurrences[row] as number)++;
    }
  }

  /** Turns counts into (1 + ln tf) * idf, and sums the squares of each group. */
  #normaliseGroups(): void {
    const { idf, header } = this.#model;
    this.#groupFactor.fill(0);
    for (let index = 0; index < this.#touchedCount; index++) {
      const row = this.#touched[index] as number;
      const value = (1 + (LOGARITHMS[this.#occurrences[row] as number] ?? MOST)) * (idf[row] as number);
      this.#values[index] = value;
      this.#occurrences[row] = 0;
      (this.#groupFactor[this.#touchedGroup[index] as number] as number) += value * value;
    }
    for (let group = 0; group < GROUP_COUNT; group++) {
      const weight = header.groupWeights[group] as number;
      this.#groupFactor[group] = weight / Math.sqrt((this.#groupFactor[group] as number) || 1);
    }
  }

  #accumulate(): void {
    const { weights, header } = this.#model;
    const { outputs } = this;
    const width = outputs.length;
    outputs.fill(0);
    for (let index = 0; index < this.#touchedCount; index++) {
      const factor = this.#groupFactor[this.#touchedGroup[index] as number] as number;
      const value = (this.#values[index] as number) * factor;
      const offset = (this.#touched[index] as number) * width;
      for (let column = 0; column < width; column++) {
        (outputs[column] as number) +=
          value * (SQUARES[(weights[offset + column] as number) + 128] as number);
      }
    }
    for (let column = 0; column < width; column++) {
      const { scale, bias } = header.outputs[column] as { scale: number; bias: number };
      outputs[column] = (outputs[column] as number) * scale + bias;
    }
  }
}

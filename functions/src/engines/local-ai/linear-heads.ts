import type { FeatureExtractor } from './features.ts';
import { GROUP_COUNT } from './features.ts';
import type { Model } from './model-file.ts';

const EMPTY = -1;
const SQUARES = Float32Array.from({ length: 256 }, (_, byte) => (byte - 128) * Math.abs(byte - 128));

/** Maps feature hashes to rows of the weight table by open addressing. */
class RowTable {
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #keys: Int32Array;

  constructor(keys: Int32Array) {
    this.#keys = keys;
    const size = 2 ** Math.ceil(Math.log2(keys.length * 2 + 2));
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

/** Computes the margins of all linear heads for the features of one text. Reuses its buffers; not reentrant. */
export class LinearHeads {
  readonly margins: Float64Array;
  readonly #model: Model;
  readonly #rows: RowTable;
  readonly #occurrences: Uint16Array;
  readonly #touched: Int32Array;
  readonly #touchedGroup: Uint8Array;
  #touchedCount = 0;
  readonly #groupFactor = new Float64Array(GROUP_COUNT);

  constructor(model: Model) {
    this.#model = model;
    this.#rows = new RowTable(model.keys);
    this.#occurrences = new Uint16Array(model.keys.length);
    this.#touched = new Int32Array(model.keys.length);
    this.#touchedGroup = new Uint8Array(model.keys.length);
    this.margins = new Float64Array(model.header.heads.length);
  }

  read(features: FeatureExtractor): Float64Array {
    this.#countKnown(features);
    this.#normaliseGroups();
    this.#accumulate();
    return this.margins;
  }

  #countKnown(features: FeatureExtractor): void {
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

  #value(row: number): number {
    return (1 + Math.log(this.#occurrences[row] as number)) * (this.#model.idf[row] as number);
  }

  #normaliseGroups(): void {
    this.#groupFactor.fill(0);
    for (let index = 0; index < this.#touchedCount; index++) {
      (this.#groupFactor[this.#touchedGroup[index] as number] as number) +=
        this.#value(this.#touched[index] as number) ** 2;
    }
    for (let group = 0; group < GROUP_COUNT; group++) {
      const weight = this.#model.header.groupWeights[group] as number;
      this.#groupFactor[group] = weight / Math.sqrt((this.#groupFactor[group] as number) || 1);
    }
  }

  #accumulate(): void {
    const { weights, header } = this.#model;
    const { margins } = this;
    const width = margins.length;
    margins.fill(0);
    for (let index = 0; index < this.#touchedCount; index++) {
      const row = this.#touched[index] as number;
      const value = this.#value(row) * (this.#groupFactor[this.#touchedGroup[index] as number] as number);
      this.#occurrences[row] = 0;
      const offset = row * width;
      for (let head = 0; head < width; head++) {
        (margins[head] as number) += value * (SQUARES[(weights[offset + head] as number) + 128] as number);
      }
    }
    for (let head = 0; head < width; head++) {
      const { scale, bias } = header.heads[head] as { scale: number; bias: number };
      margins[head] = (margins[head] as number) * scale + bias;
    }
  }
}

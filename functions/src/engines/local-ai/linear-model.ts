import type { FeatureList } from './feature-list.ts';
import { GROUP_COUNT } from './feature-list.ts';
import { FeatureTable, LANES, UNKNOWN } from './feature-table.ts';
import type { Model } from './model-file.ts';

const MOST_COUNTED = 1024;
const LOGARITHMS = Float64Array.from({ length: MOST_COUNTED }, (_, count) => Math.log(Math.max(1, count)));
/** A feature that occurs still more often in the text counts as this often. */
const MOST = Math.log(MOST_COUNTED);

/** Computes the outputs of a model for the features of one text. Reuses its buffers; not reentrant. */
export class LinearModel {
  readonly outputs: Float64Array;
  readonly #model: Model;
  readonly #table: FeatureTable;
  readonly #touched: Int32Array;
  readonly #touchedGroup: Uint8Array;
  #touchedCount = 0;
  readonly #values: Float64Array;
  readonly #groupFactor = new Float64Array(GROUP_COUNT);
  readonly #sums: Float64Array;

  constructor(model: Model) {
    this.#model = model;
    this.#table = new FeatureTable(model);
    this.#touched = new Int32Array(model.keys.length);
    this.#values = new Float64Array(model.keys.length);
    this.#touchedGroup = new Uint8Array(model.keys.length);
    this.#sums = new Float64Array(this.#table.stride);
    this.outputs = new Float64Array(model.header.outputs.length);
  }

  read(features: FeatureList): Float64Array {
    this.#countKnown(features);
    this.#normaliseGroups();
    for (let lane = 0; lane < this.#table.stride; lane += LANES) this.#sumLanes(lane);
    for (let column = 0; column < this.outputs.length; column++) {
      const { scale, bias } = this.#model.header.outputs[column] as { scale: number; bias: number };
      this.outputs[column] = (this.#sums[column] as number) * scale + bias;
    }
    return this.outputs;
  }

  #countKnown(features: FeatureList): void {
    this.#touchedCount = 0;
    for (let index = 0; index < features.count; index++) {
      const row = this.#table.find(features.hashes[index] as number);
      if (row === UNKNOWN || this.#table.countOne(row) > 1) continue;
      this.#touchedGroup[this.#touchedCount] = features.groups[index] as number;
      this.#touched[this.#touchedCount++] = row;
    }
  }

  /** Turns counts into (1 + ln tf) * idf and scales each group to the length of its weight. */
  #normaliseGroups(): void {
    this.#groupFactor.fill(0);
    for (let index = 0; index < this.#touchedCount; index++) {
      const row = this.#touched[index] as number;
      const value = (1 + (LOGARITHMS[this.#table.takeCount(row)] ?? MOST)) * this.#table.idfOf(row);
      this.#values[index] = value;
      (this.#groupFactor[this.#touchedGroup[index] as number] as number) += value * value;
    }
    for (let group = 0; group < GROUP_COUNT; group++) {
      const weight = this.#model.header.groupWeights[group] as number;
      this.#groupFactor[group] = weight / Math.sqrt((this.#groupFactor[group] as number) || 1);
    }
    for (let index = 0; index < this.#touchedCount; index++) {
      (this.#values[index] as number) *= this.#groupFactor[this.#touchedGroup[index] as number] as number;
    }
  }

  /** Written out, because eight sums stay in registers where an array of sums would not. */
  #sumLanes(lane: number): void {
    const { weights, stride } = this.#table;
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let index = 0; index < this.#touchedCount; index++) {
      const value = this.#values[index] as number;
      const first = (this.#touched[index] as number) * stride + lane;
      a += value * (weights[first] as number);
      b += value * (weights[first + 1] as number);
      c += value * (weights[first + 2] as number);
      d += value * (weights[first + 3] as number);
      e += value * (weights[first + 4] as number);
      f += value * (weights[first + 5] as number);
      g += value * (weights[first + 6] as number);
      h += value * (weights[first + 7] as number);
    }
    this.#sums.set([a, b, c, d, e, f, g, h], lane);
  }
}

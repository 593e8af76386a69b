const stepsPerMs = 10;
const mostMs = 5_000;

/** Latencies counted in steps of a tenth of a millisecond, so that millions take no room and can be added up. */
export class Latencies {
  readonly counts: Uint32Array;

  constructor(counts: ArrayLike<number> = new Uint32Array(mostMs * stepsPerMs)) {
    this.counts = Uint32Array.from(counts);
  }

  note(ms: number): void {
    const step = Math.min(this.counts.length - 1, Math.max(0, Math.floor(ms * stepsPerMs)));
    this.counts[step] = (this.counts[step] ?? 0) + 1;
  }

  add({ counts }: Latencies): void {
    for (const [step, count] of counts.entries()) {
      if (count > 0) this.counts[step] = (this.counts[step] ?? 0) + count;
    }
  }

  get count(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** How many took no longer. */
  within(ms: number): number {
    return this.counts.subarray(0, ms * stepsPerMs).reduce((sum, count) => sum + count, 0);
  }

  /** The latency that this share (0..1) did not exceed, by the upper end of its step. */
  quantile(share: number): number {
    let left = Math.ceil(share * this.count);
    for (const [step, count] of this.counts.entries()) {
      left -= count;
      if (left <= 0) return (step + 1) / stepsPerMs;
    }
    return Number.NaN;
  }
}

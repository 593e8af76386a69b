import type { SessionFigures } from '../protocol/analytics.ts';
import type { RollupSums } from './rollup.ts';

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Four decimals are kept; null where there is nothing to divide by. */
const ratio = (part: number, whole: number): number | null => (whole > 0 ? round(part / whole) : null);

/** What people read, from the sums that are kept; times in seconds. */
export const figuresOf = (sums: RollupSums): SessionFigures => ({
  ended: sums.ended,
  resolved: sums.resolved,
  escalated: sums.escalated,
  abandoned: sums.abandoned,
  handedOver: sums.handedOver,
  rated: sums.ratingCount,
  resolutionRate: ratio(sums.resolved, sums.ended),
  abandonmentRate: ratio(sums.abandoned, sums.ended),
  handoverRate: ratio(sums.handedOver, sums.ended),
  ratingResponseRate: ratio(sums.ratingCount, sums.ended),
  averageWaitSeconds: ratio(sums.waitSum, sums.waitCount),
  averageFirstResponseSeconds: ratio(sums.firstResponseSum, sums.firstResponseCount),
  averageDurationSeconds: ratio(sums.durationSum, sums.durationCount),
  satisfactionMean: ratio(sums.ratingSum, sums.ratingCount),
});

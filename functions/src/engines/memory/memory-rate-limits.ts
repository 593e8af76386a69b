import QuickLRU from 'quick-lru';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';

export interface MemoryRateLimitsOptions {
  clock: Clock;
  /**
   * Keys that are remembered at least; up to twice as many are. When more are active within one window, those
   * that were quiet for longest are forgotten, so that a flood from many addresses costs bounded memory.
   */
  maximumKeys?: number;
}

interface Window {
  count: number;
  endsAt: number;
}

/** Counts in this process alone; counts end with it. */
export const createMemoryRateLimits = (options: MemoryRateLimitsOptions): RateLimits => {
  const { clock, maximumKeys = 50_000 } = options;
  const windows = new QuickLRU<string, Window>({ maxSize: maximumKeys });
  return {
    hit(key, windowMs) {
      const now = clock.monotonicMs();
      const known = windows.get(key);
      if (known !== undefined && known.endsAt > now) {
        known.count += 1;
        return { count: known.count, resetMs: known.endsAt - now };
      }
      windows.set(key, { count: 1, endsAt: now + windowMs });
      return { count: 1, resetMs: windowMs };
    },
    async close() {
      windows.clear();
    },
  };
};

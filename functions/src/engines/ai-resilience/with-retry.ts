import { setTimeout as pause } from 'node:timers/promises';
import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import type { Clock } from '../../ports/clock.ts';
import { withinDeadline } from '../../ports/deadline.ts';

export interface RetryOptions {
  clock: Pick<Clock, 'monotonicMs'>;
  /** Attempts after the first. */
  retries?: number;
  /** Longest time of all attempts and pauses together, after which it fails with `timeout`. */
  budgetMs?: number;
  /** Upper bound of the first pause; it doubles each time. */
  firstPauseMs?: number;
  /** 0 to 1; tests take the chance out. */
  random?: () => number;
  sleep?: (durationMs: number, signal: AbortSignal) => Promise<unknown>;
}

const sleepForReal = (durationMs: number, signal: AbortSignal): Promise<unknown> =>
  pause(durationMs, undefined, { signal });

/**
 * Asks again after failures that may pass. The pause is what the server asked for, or random up to a bound that
 * doubles ("full jitter": Brooker, "Exponential Backoff And Jitter", AWS 2015) so that many nodes do not come
 * back at once. When the pause would not leave time in the budget, the failure is reported at once: the caller
 * has a fallback, and nobody should wait for nothing. Our own timeout is not retried, its time is spent.
 */
export const withRetry = (engine: AiEngine, options: RetryOptions): AiEngine => {
  const { clock, retries = 2, budgetMs = 12_000, firstPauseMs = 500 } = options;
  const { random = Math.random, sleep = sleepForReal } = options;

  const pauseAfter = (error: unknown, attempt: number): number | undefined => {
    if (!(error instanceof AiEngineFailure) || !error.retryable || attempt >= retries) return undefined;
    return error.retryAfterMs ?? random() * firstPauseMs * 2 ** attempt;
  };

  const attempts = async (text: string, signal: AbortSignal): Promise<Analysis> => {
    const endMs = clock.monotonicMs() + budgetMs;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await engine.analyze(text, { signal });
      } catch (error) {
        const pauseMs = pauseAfter(error, attempt);
        if (pauseMs === undefined || clock.monotonicMs() + pauseMs >= endMs) throw error;
        await sleep(pauseMs, signal);
      }
    }
  };

  return {
    name: engine.name,
    version: engine.version,
    analyze: async (text, { signal } = {}) => {
      try {
        return await withinDeadline({ limitMs: budgetMs, signal }, (limited) => attempts(text, limited));
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof DOMException) throw new AiEngineFailure('timeout');
        throw error;
      }
    },
  };
};

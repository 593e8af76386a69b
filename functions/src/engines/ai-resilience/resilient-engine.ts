import type { AiEngine } from '../../ports/ai-engine.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CircuitOptions } from './circuit.ts';
import { withCache } from './with-cache.ts';
import { withCircuitBreaker } from './with-circuit-breaker.ts';
import { type FallbackOptions, withFallback } from './with-fallback.ts';
import { type RetryOptions, withRetry } from './with-retry.ts';

export interface ResilientEngineOptions extends FallbackOptions {
  /** Asked first; may be slow or down. */
  primary: AiEngine;
  /** Answers when the primary does not; must not depend on anything outside the process. */
  fallback: AiEngine;
  cache: Cache;
  clock: Clock;
  retry?: Omit<RetryOptions, 'clock'>;
  circuit?: Omit<CircuitOptions, 'clock'>;
}

/**
 * The primary behind cache, circuit breaker and retries, with the fallback around all of it. In that order a
 * cached answer costs nothing and is given while the circuit is open, one request counts once for the circuit
 * however often it was tried, and no answer of the fallback is ever cached as the primary's.
 */
export const createResilientEngine = (options: ResilientEngineOptions): AiEngine => {
  const { primary, fallback, cache, clock, retry, circuit, onFallback } = options;
  const retried = withRetry(primary, { ...retry, clock });
  const guarded = withCircuitBreaker(retried, { ...circuit, clock });
  return withFallback(withCache(guarded, { cache }), fallback, onFallback ? { onFallback } : {});
};

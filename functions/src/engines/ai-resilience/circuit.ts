import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import type { Clock } from '../../ports/clock.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

export interface CircuitOptions {
  clock: Pick<Clock, 'monotonicMs'>;
  /** Failures in a row that open the circuit. */
  failureThreshold?: number;
  /** How long the server is left alone before one call may try it. */
  coolDownMs?: number;
  onStateChange?: (state: CircuitState) => void;
}

/** How a call ended, seen from the server's health; `unknown` when the caller went away first. */
export type Outcome = 'healthy' | 'unhealthy' | 'unknown';

/**
 * A circuit breaker (Nygard, "Release It!"): closed, it counts failures in a row; open, it refuses at once; after
 * the cool-down one call is the probe that closes or opens it again, and all others are still refused.
 */
export class Circuit {
  readonly #options: Required<Omit<CircuitOptions, 'onStateChange'>>;
  readonly #onStateChange: (state: CircuitState) => void;
  #state: CircuitState = 'closed';
  #failures = 0;
  #probeAtMs = 0;

  constructor({ clock, failureThreshold = 3, coolDownMs = 30_000, onStateChange }: CircuitOptions) {
    this.#options = { clock, failureThreshold, coolDownMs };
    this.#onStateChange = onStateChange ?? (() => {});
  }

  /** Lets a call through and tells in which state it goes, or fails with `circuit_open`. */
  admit(): CircuitState {
    if (this.#state === 'closed') return 'closed';
    const waitMs = this.#probeAtMs - this.#options.clock.monotonicMs();
    if (this.#state === 'half-open' || waitMs > 0) {
      throw new AiEngineFailure('circuit_open', { retryAfterMs: Math.max(0, waitMs) });
    }
    this.#change('half-open');
    return 'half-open';
  }

  /** Takes note of how a call ended that was admitted in `admitted`. Stragglers of an earlier state say nothing. */
  settle(admitted: CircuitState, outcome: Outcome): void {
    if (admitted !== this.#state) return;
    if (outcome === 'healthy') this.#close();
    else if (outcome === 'unhealthy') this.#fail();
    else if (admitted === 'half-open') this.#change('open');
  }

  #close(): void {
    this.#failures = 0;
    this.#change('closed');
  }

  #fail(): void {
    this.#failures += 1;
    if (this.#state === 'closed' && this.#failures < this.#options.failureThreshold) return;
    this.#probeAtMs = this.#options.clock.monotonicMs() + this.#options.coolDownMs;
    this.#change('open');
  }

  #change(state: CircuitState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onStateChange(state);
  }
}

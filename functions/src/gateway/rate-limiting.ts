import { AppError } from '../errors/app-error.ts';
import type { RateLimitState, RateLimits } from '../ports/rate-limits.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Exchange } from './exchange.ts';

/** How many requests a window takes. */
export interface RateLimitSettings {
  /** Of one address without sign-in, and of one customer. */
  max: number;
  /** Times `max`: of all customers behind one address together. */
  perAddressFactor: number;
  /** Of one member of staff; an office behind one address shares nothing. */
  staffMax: number;
  windowMs: number;
}

interface Rule {
  key: string;
  max: number;
}

/** Counts a request for whoever sent it; fails with AppError `rate_limited`. Waits only for engines that do. */
export type RateLimiter = (exchange: Exchange) => Promise<void> | undefined;

/** The headers of draft-ietf-httpapi-ratelimit-headers-06, as express-rate-limit writes them (a test compares). */
const rateLimitHeaders = (max: number, windowMs: number, state: RateLimitState): string[] => [
  'RateLimit-Policy',
  `${max};w=${Math.ceil(windowMs / 1_000)}`,
  'RateLimit-Limit',
  String(max),
  'RateLimit-Remaining',
  String(Math.max(0, max - state.count)),
  'RateLimit-Reset',
  String(Math.ceil(state.resetMs / 1_000)),
];

/**
 * The limits of rule HT4. A customer is counted twice: alone, which is what the headers tell, and together with
 * all customers of the address. Who is over the own limit is not counted for the address, so that one cannot
 * use up what belongs to the neighbours.
 */
export const createRateLimiter = (
  limits: RateLimits,
  settings: RateLimitSettings,
  logger: Logger,
): RateLimiter => {
  const { max, staffMax, windowMs } = settings;
  const addressMax = max * settings.perAddressFactor;

  const judge = (exchange: Exchange, rule: Rule, state: RateLimitState, published: boolean): void => {
    const over = state.count > rule.max;
    if (published || over) exchange.rateLimitHeaders = rateLimitHeaders(rule.max, windowMs, state);
    if (!over) return;
    const seconds = Math.ceil(state.resetMs / 1_000);
    throw new AppError('rate_limited', `Wait ${seconds} s: ${rule.max} requests were used up.`, {
      retryAfterMs: state.resetMs,
    });
  };

  const count = (exchange: Exchange, rule: Rule, published: boolean): Promise<void> | undefined => {
    const state = limits.hit(rule.key, windowMs);
    if (!(state instanceof Promise)) {
      judge(exchange, rule, state, published);
      return undefined;
    }
    const counted = state.catch((error: unknown) => {
      logger.warn({ err: error }, 'rate limits cannot be counted: the request passes');
      return undefined;
    });
    return counted.then((known) => {
      if (known !== undefined) judge(exchange, rule, known, published);
    });
  };

  return (exchange) => {
    const { identity, address } = exchange;
    if (identity === undefined) return count(exchange, { key: `anonymous:${address}`, max }, true);
    if (identity.role !== 'customer') {
      return count(exchange, { key: `staff:${identity.uid}`, max: staffMax }, true);
    }
    const together = { key: `customers:${address}`, max: addressMax };
    const own = count(exchange, { key: `customer:${identity.uid}`, max }, true);
    return own === undefined
      ? count(exchange, together, false)
      : own.then(() => count(exchange, together, false));
  };
};

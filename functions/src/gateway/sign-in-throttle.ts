import { createHash } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import { foldEmail } from '../protocol/accounts.ts';

export interface SignInThrottleOptions {
  rateLimits: RateLimits;
  /** Attempts per account and address in a window; ten times that per address, and per account over all. */
  max: number;
}

const windowMs = 15 * 60_000;
const factor = 10;

/** Counts attempts to sign in or register, so that passwords cannot be guessed nor addresses collected. */
export const createSignInThrottle = ({ rateLimits, max }: SignInThrottleOptions) => {
  const count = async (key: string, limit: number): Promise<void> => {
    const { count: attempts, resetMs } = await rateLimits.hit(`sign-in:${key}`, windowMs);
    if (attempts <= limit) return;
    const minutes = Math.ceil(resetMs / 60_000);
    throw new AppError('rate_limited', `Too many attempts: try again in ${minutes} min.`, {
      retryAfterMs: resetMs,
    });
  };

  return async (ip: string, email: string): Promise<void> => {
    const account = createHash('sha256').update(foldEmail(email)).digest('base64url');
    await count(`address:${ip}`, max * factor);
    await count(`both:${ip}:${account}`, max);
    await count(`account:${account}`, max * factor);
  };
};

import QuickLRU from 'quick-lru';
import type { Clock } from '../ports/clock.ts';
import type { IdentityProvider, VerifiedToken } from '../ports/identity.ts';

export interface AuthenticationOptions {
  verifyToken: IdentityProvider['verify'];
  clock: Clock;
  /** How long a verification is believed at most; with what stores add, a revocation must hold within 30 s. */
  maximumAgeMs?: number;
  /** Verifications that are remembered at least; up to twice as many are. */
  maximumTokens?: number;
}

/** Verifies tokens and remembers the result for seconds, because a signature costs more than a request. */
export interface Authentication {
  /** The result of an earlier verification that still holds, without waiting. */
  known(token: string): VerifiedToken | undefined;
  /** Verifies; concurrent requests with one token make one verification. Fails as `verifyToken` does. */
  verify(token: string): Promise<VerifiedToken>;
  /** To be called when a token was revoked here, so that it ends at once. */
  forgetToken(token: string): void;
  /** To be called when a user's tokens were revoked or the role changed here. */
  forgetUser(uid: string): void;
}

interface Remembered {
  verified: VerifiedToken;
  /** Monotonic time, so that a jump of the wall clock prolongs nothing. */
  until: number;
}

export const createAuthentication = (options: AuthenticationOptions): Authentication => {
  const { verifyToken, clock, maximumAgeMs = 15_000, maximumTokens = 10_000 } = options;
  const remembered = new QuickLRU<string, Remembered>({ maxSize: maximumTokens });
  const underWay = new Map<string, Promise<VerifiedToken>>();

  const start = (token: string): Promise<VerifiedToken> => {
    const verification = verifyToken(token).then((verified) => {
      // Whoever forgets something meanwhile empties this list: the verification may have read the old state.
      if (underWay.get(token) === verification) {
        const lifeMs = Math.min(maximumAgeMs, verified.expiresAt - clock.now());
        if (lifeMs > 0) remembered.set(token, { verified, until: clock.monotonicMs() + lifeMs });
      }
      return verified;
    });
    const done = () => {
      if (underWay.get(token) === verification) underWay.delete(token);
    };
    underWay.set(token, verification);
    verification.then(done, done);
    return verification;
  };

  return {
    known(token) {
      const entry = remembered.get(token);
      return entry !== undefined && entry.until > clock.monotonicMs() ? entry.verified : undefined;
    },
    verify: (token) => underWay.get(token) ?? start(token),
    forgetToken(token) {
      remembered.delete(token);
      underWay.delete(token);
    },
    forgetUser(uid) {
      for (const [token, { verified }] of remembered) {
        if (verified.identity.uid === uid) remembered.delete(token);
      }
      underWay.clear();
    },
  };
};

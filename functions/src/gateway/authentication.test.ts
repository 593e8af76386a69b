import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import type { VerifiedToken } from '../ports/identity.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createAuthentication } from './authentication.ts';

const verifiedOf = (uid: string, expiresAt: number): VerifiedToken => ({
  identity: { uid, email: `${uid}@test.local`, name: uid, role: 'customer' },
  expiresAt,
});

/** An authentication whose verifications are counted and, when asked, held. */
const setUp = (lifeMs = 3_600_000, maximumTokens?: number) => {
  const clock = createManualClock();
  const asked: string[] = [];
  const held: { release?: () => void } = {};
  const state = { hold: false, refuse: false };
  const authentication = createAuthentication({
    clock,
    ...(maximumTokens === undefined ? {} : { maximumTokens }),
    verifyToken: async (token) => {
      asked.push(token);
      if (state.refuse) throw new AppError('not_authenticated', 'Revoked.');
      const verified = verifiedOf(token, clock.now() + lifeMs);
      if (state.hold) {
        await new Promise<void>((resolve) => {
          held.release = resolve;
        });
      }
      return verified;
    },
  });
  return { authentication, clock, asked, held, state };
};

describe('authentication', () => {
  it('[HT6] knows a token after one verification, for 15 seconds', async () => {
    const { authentication, clock, asked } = setUp();
    expect(authentication.known('anna')).toBeUndefined();
    await authentication.verify('anna');
    clock.advance(14_999);
    expect(authentication.known('anna')?.identity.uid).toBe('anna');
    clock.advance(1);
    expect(authentication.known('anna')).toBeUndefined();
    expect(asked).toEqual(['anna']);
  });

  it('[HT6] never knows a token longer than it lives', async () => {
    const { authentication, clock } = setUp(2_000);
    await authentication.verify('anna');
    clock.advance(1_999);
    expect(authentication.known('anna')).toBeDefined();
    clock.advance(1);
    expect(authentication.known('anna')).toBeUndefined();
  });

  it('[FA] setting the wall clock back prolongs nothing', async () => {
    const { authentication, clock } = setUp();
    await authentication.verify('anna');
    clock.jump(-86_400_000);
    clock.advance(15_000);
    expect(authentication.known('anna')).toBeUndefined();
  });

  it('[HT6] concurrent requests with one token make one verification', async () => {
    const { authentication, asked } = setUp();
    await Promise.all(Array.from({ length: 20 }, () => authentication.verify('anna')));
    expect(asked).toEqual(['anna']);
  });

  it('[HT6] forgets a token and a user at once', async () => {
    const { authentication } = setUp();
    await authentication.verify('anna');
    await authentication.verify('bob');
    authentication.forgetUser('anna');
    expect(authentication.known('anna')).toBeUndefined();
    expect(authentication.known('bob')).toBeDefined();
    authentication.forgetToken('bob');
    expect(authentication.known('bob')).toBeUndefined();
  });

  it('[HT6] does not remember a verification that was under way when the user was forgotten', async () => {
    const { authentication, held, state, asked } = setUp();
    state.hold = true;
    const before = authentication.verify('anna');
    authentication.forgetUser('anna');
    const release = held.release;
    state.hold = false;
    await authentication.verify('anna');
    authentication.forgetToken('anna');
    release?.();
    await before;
    expect(authentication.known('anna')).toBeUndefined();
    expect(asked).toEqual(['anna', 'anna']);
  });

  it('[HT6] does not remember refusals', async () => {
    const { authentication, state } = setUp();
    state.refuse = true;
    await expect(authentication.verify('anna')).rejects.toThrow(AppError);
    state.refuse = false;
    await expect(authentication.verify('anna')).resolves.toBeDefined();
  });

  it('[FA] remembers a bounded number of tokens', async () => {
    const { authentication } = setUp(3_600_000, 10);
    for (let index = 0; index < 100; index += 1) await authentication.verify(`token${index}`);
    const known = Array.from({ length: 100 }, (_, index) => authentication.known(`token${index}`));
    expect(known.filter((entry) => entry !== undefined).length).toBeLessThanOrEqual(20);
    expect(authentication.known('token99')).toBeDefined();
  });
});

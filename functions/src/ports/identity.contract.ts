import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from './clock.ts';
import type { LocalAccounts, NewAccount } from './identity.ts';

export interface LocalAccountsContract {
  name: string;
  /** Fresh accounts on a clock that the suite moves. */
  open(clock: Clock): Promise<LocalAccounts>;
  tokenTtlMs: number;
}

const customer: NewAccount = {
  email: 'Print@Example.com',
  name: 'Print Buyer',
  role: 'customer',
  password: 'correct horse battery',
};

/** What every engine of local accounts must do. */
export const describeLocalAccounts = ({ name, open, tokenTtlMs }: LocalAccountsContract): void => {
  describe(`local accounts on ${name}`, () => {
    let accounts: LocalAccounts;
    let now: number;

    beforeEach(async () => {
      now = Date.parse('2026-05-04T08:00:00.000Z');
      accounts = await open({ now: () => now, monotonicMs: () => now });
    });

    const refused = (token: string) =>
      expect(accounts.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });

    it('[EN1] a wrong password and an unknown address are refused alike', async () => {
      await accounts.create(customer);
      const wrong = { code: 'bad_credentials' };
      await expect(accounts.signIn(customer.email, 'wrong')).rejects.toMatchObject(wrong);
      await expect(accounts.signIn('nobody@example.com', 'wrong')).rejects.toMatchObject(wrong);
    });

    it('[EN1] a token ends with its time, and refreshing before gives a longer one', async () => {
      await accounts.create(customer);
      const first = await accounts.signIn(customer.email, customer.password);
      now += tokenTtlMs - 1_000;
      const second = await accounts.refresh(first.token);
      now += 1_000;
      await refused(first.token);
      await expect(accounts.refresh(first.token)).rejects.toMatchObject({ code: 'not_authenticated' });
      expect((await accounts.verify(second.token)).expiresAt).toBe(first.expiresAt + tokenTtlMs - 1_000);
    });

    it('[HT3] a token that was tampered with, or made by others, is refused', async () => {
      await accounts.create(customer);
      const { token } = await accounts.signIn(customer.email, customer.password);
      const [header, payload, signature] = token.split('.');
      await refused(`${header}.${payload}.${signature?.slice(0, -2)}AA`);
      const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      await refused(`${unsigned}.${payload}.`);
      await refused('');
      await refused('not a token');
    });
  });
};

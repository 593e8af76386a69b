import { beforeEach, describe, expect, it } from 'vitest';
import type { Accounts, NewAccount } from './identity.ts';
import type { RecordStore } from './record-store.ts';

/** Fresh accounts, and what somebody does who has one. */
export interface OpenedAccounts {
  accounts: Accounts;
  /** The records beside them. */
  store: RecordStore;
  /** Signs in where the engine's people do. */
  tokenFor(email: string, password: string): Promise<string>;
}

export interface AccountsContract {
  name: string;
  open(): Promise<OpenedAccounts>;
}

const customer: NewAccount = {
  email: 'Print@Example.com',
  name: 'Print Buyer',
  role: 'customer',
  password: 'correct horse battery',
};

/** What every engine of accounts must do, whoever keeps them. */
export const describeAccounts = ({ name, open }: AccountsContract): void => {
  describe(`accounts on ${name}`, () => {
    let opened: OpenedAccounts;

    beforeEach(async () => {
      opened = await open();
    });

    const verified = async (token: string) => (await opened.accounts.verify(token)).identity;
    const refused = (token: string) =>
      expect(opened.accounts.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });
    const signIn = () => opened.tokenFor(customer.email, customer.password);

    it('[EN1] a signed-in user is verified with uid, name and role, and is among the records', async () => {
      const { accounts, store } = opened;
      const identity = await accounts.create(customer);
      expect(identity).toMatchObject({ name: customer.name, role: 'customer' });
      const { identity: found, expiresAt } = await accounts.verify(await signIn());
      expect(found).toEqual(identity);
      expect(expiresAt).toBeGreaterThan(0);
      const { uid, ...rest } = identity;
      expect(await store.get('users', uid)).toMatchObject({ id: uid, ...rest });
    });

    it('[EN1] an address has one account, however it is written', async () => {
      await opened.accounts.create(customer);
      const again = opened.accounts.create({ ...customer, email: 'print@example.com' });
      await expect(again).rejects.toMatchObject({
        code: 'already_exists',
        detail: 'There is an account with this e-mail address already.',
      });
    });

    it('[EN1] an account can be made with an id, is found by it and by its address, and listed', async () => {
      const { accounts } = opened;
      await accounts.create({ ...customer, uid: 'buyer-1' });
      const byId = await accounts.find('buyer-1');
      expect(byId).toMatchObject({ id: 'buyer-1', name: customer.name, role: 'customer' });
      expect(await accounts.find('PRINT@example.com')).toEqual(byId);
      expect(await accounts.find('nobody')).toBeUndefined();
      expect(await accounts.find('nobody@example.com')).toBeUndefined();
      const listed: unknown[] = [];
      for await (const user of accounts.list()) listed.push(user);
      expect(listed).toEqual([byId]);
    });

    it('[EN8] revoking ends every earlier token, and who signs in later is welcome', async () => {
      const { uid } = await opened.accounts.create(customer);
      const first = await signIn();
      await verified(first);
      // Some services know the time of a revocation to the second only.
      await expect
        .poll(async () => {
          await opened.accounts.revoke(uid);
          return opened.accounts.verify(first).catch((error: unknown) => error);
        })
        .toMatchObject({ code: 'not_authenticated' });
      await expect.poll(async () => verified(await signIn()).catch(() => undefined)).toMatchObject({ uid });
      await refused(first);
    });

    it('[EN8] a locked account has no tokens, takes no password, and is still found', async () => {
      const { accounts } = opened;
      const { uid } = await accounts.create(customer);
      const token = await signIn();
      await verified(token);
      await accounts.lock(uid);
      await refused(token);
      await expect(signIn()).rejects.toThrow();
      expect(await accounts.find(uid)).toMatchObject({ id: uid });
      for (const written of [customer.email, ' print@EXAMPLE.com ']) {
        expect(await accounts.find(written), written).toMatchObject({ id: uid });
      }
      await accounts.lock(uid);
      await expect(accounts.create(customer)).rejects.toMatchObject({ code: 'already_exists' });
      await accounts.remove(uid);
      expect(await accounts.find(uid)).toBeUndefined();
    });

    it('[HT3] a changed role holds for tokens that were given out before', async () => {
      const { uid } = await opened.accounts.create(customer);
      const token = await signIn();
      await verified(token);
      await opened.accounts.setRole(uid, 'agent');
      expect((await verified(token)).role).toBe('agent');
      expect(await opened.store.get('users', uid)).toMatchObject({ role: 'agent' });
      const unknown = opened.accounts.setRole('nobody', 'agent');
      await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
    });

    it('[HT3] a removed account cannot be used, and its address is free again', async () => {
      const { uid } = await opened.accounts.create(customer);
      const token = await signIn();
      await opened.accounts.remove(uid);
      await refused(token);
      await expect(signIn()).rejects.toThrow();
      expect(await opened.store.get('users', uid)).toBeUndefined();
      await opened.accounts.create(customer);
    });

    it('[HT3] what is no token is refused', async () => {
      const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      for (const token of ['', 'not a token', `${unsigned}.e30.`]) await refused(token);
    });
  });
};

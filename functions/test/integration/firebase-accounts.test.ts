import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFirebaseAccounts } from '../../src/engines/firebase-auth/firebase-accounts.ts';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import { describeAccounts } from '../../src/ports/accounts.contract.ts';
import type { Role } from '../../src/protocol/enumerations.ts';
import { createManualClock } from '../../src/testing/manual-clock.ts';
import { newProjectId, signInWithFirebase, useAuthEmulator } from '../support/firebase-people.ts';

const buyer = { email: 'buyer@example.com', password: 'correct horse battery' };

/** Accounts in a new project, as a server has them, with a clock that the test moves. */
const openAccounts = async (roleOfNewcomers?: Role) => {
  useAuthEmulator();
  const projectId = newProjectId();
  const app = initializeApp({ projectId }, projectId);
  const auth = getAuth(app);
  const store = await openSqliteStore({ file: ':memory:' });
  const clock = createManualClock();
  onTestFinished(async () => {
    await Promise.all([deleteApp(app), store.close()]);
  });
  return {
    auth,
    store,
    clock,
    accounts: createFirebaseAccounts({ auth, store, clock, roleOfNewcomers }),
    tokenFor: (email: string, password: string) => signInWithFirebase(projectId, email, password),
  };
};

describeAccounts({ name: 'Firebase Auth', open: () => openAccounts() });

const register = (auth: Auth, role?: unknown) =>
  auth.createUser(buyer).then(async ({ uid }) => {
    if (role !== undefined) await auth.setCustomUserClaims(uid, { role });
    return uid;
  });

describe('accounts that others made', () => {
  it.each([undefined, 'owner', '', 'ADMIN', ['admin'], null])(
    '[HT3] the role %j is none: whoever has it is refused',
    async (role) => {
      const { auth, accounts, tokenFor } = await openAccounts();
      await register(auth, role);
      const token = await tokenFor(buyer.email, buyer.password);
      await expect(accounts.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });
    },
  );

  it('[EN1] where customers register themselves, somebody without a role is one; an unknown role is none', async () => {
    const { auth, accounts, tokenFor } = await openAccounts('customer');
    const uid = await register(auth);
    const token = await tokenFor(buyer.email, buyer.password);
    expect((await accounts.verify(token)).identity).toMatchObject({ uid, role: 'customer' });
    await auth.setCustomUserClaims(uid, { role: 'owner' });
    await accounts.revoke(uid);
    const again = await tokenFor(buyer.email, buyer.password);
    await expect(accounts.verify(again)).rejects.toMatchObject({ code: 'not_authenticated' });
  });

  it('[EN8] a role, a lock and an end that others gave an account hold after 15 seconds here', async () => {
    const { auth, accounts, clock, tokenFor } = await openAccounts();
    const uid = await register(auth, 'customer');
    const token = await tokenFor(buyer.email, buyer.password);
    await accounts.verify(token);
    await auth.setCustomUserClaims(uid, { role: 'agent' });
    clock.advance(14_999);
    expect((await accounts.verify(token)).identity.role).toBe('customer');
    clock.advance(1);
    expect((await accounts.verify(token)).identity.role).toBe('agent');
    await auth.updateUser(uid, { disabled: true });
    clock.advance(15_000);
    await expect(accounts.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });
    await auth.updateUser(uid, { disabled: false });
    await accounts.verify(token);
    await auth.deleteUser(uid);
    clock.advance(15_000);
    await expect(accounts.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });
  });

  it('[HT3] a token of another project is refused', async () => {
    const [ours, theirs] = [await openAccounts('customer'), await openAccounts('customer')];
    await register(theirs.auth);
    const token = await theirs.tokenFor(buyer.email, buyer.password);
    await theirs.accounts.verify(token);
    await expect(ours.accounts.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });
  });

  it('[EN1] a role given here keeps what others said in the custom claims', async () => {
    const { auth, accounts } = await openAccounts();
    const uid = await register(auth, 'customer');
    await auth.setCustomUserClaims(uid, { role: 'customer', shop: 'north' });
    await accounts.setRole(uid, 'agent');
    expect((await auth.getUser(uid)).customClaims).toEqual({ role: 'agent', shop: 'north' });
  });
});

describe('a Firebase that is gone', () => {
  it('[FA] nothing is known of the token, so the answer is unavailable and not a refusal', async () => {
    const { auth, store, clock, tokenFor } = await openAccounts();
    const uid = await register(auth, 'customer');
    const token = await tokenFor(buyer.email, buyer.password);
    const { projectId } = auth.app.options;
    process.env.FIREBASE_AUTH_EMULATOR_HOST = '127.0.0.1:1';
    const app = initializeApp({ ...(projectId !== undefined && { projectId }) }, `${projectId}-gone`);
    onTestFinished(() => deleteApp(app));
    const gone = createFirebaseAccounts({ auth: getAuth(app), store, clock, roleOfNewcomers: undefined });
    await expect(gone.verify(token)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(gone.setRole(uid, 'agent')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

import { createHook } from 'node:async_hooks';
import { expect, it, onTestFinished } from 'vitest';
import { describeAccounts } from '../../ports/accounts.contract.ts';
import { describeLocalAccounts } from '../../ports/identity.contract.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import { createLocalAccounts } from './local-accounts.ts';

const tokenTtlMs = 600_000;
/** The suite signs in often; what a real hash costs is tested with the hash. */
const passwordCost = { N: 2 ** 4, r: 8, p: 1 };

const openStore = async () => {
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  return store;
};

describeLocalAccounts({
  name: 'the record store',
  tokenTtlMs,
  open: async (clock) => {
    const store = await openSqliteStore({ file: ':memory:' });
    return createLocalAccounts({ store, clock, signingKey: new Uint8Array(32), tokenTtlMs, passwordCost });
  },
});

describeAccounts({
  name: 'the record store',
  open: async () => {
    const store = await openSqliteStore({ file: ':memory:' });
    const options = { store, clock: createManualClock(), tokenTtlMs, passwordCost };
    const accounts = createLocalAccounts({ ...options, signingKey: new Uint8Array(32) });
    return {
      accounts,
      store,
      tokenFor: async (email, password) => (await accounts.signIn(email, password)).token,
    };
  },
});

const account = {
  email: 'buyer@example.com',
  name: 'Buyer',
  role: 'customer',
  password: 'correct horse battery',
} as const;

/** How many passwords were compared while the work was done: each takes a job of its own. */
const comparisons = async (work: () => Promise<unknown>): Promise<number> => {
  let jobs = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'SCRYPTREQUEST') jobs += 1;
    },
  }).enable();
  await work();
  hook.disable();
  return jobs;
};

it('[EN1] an address that nobody has takes as much work as a wrong password', async () => {
  const options = { store: await openStore(), clock: createManualClock(), tokenTtlMs, passwordCost };
  const accounts = createLocalAccounts({ ...options, signingKey: new Uint8Array(32) });
  await accounts.create(account);
  for (const email of [account.email, 'nobody@example.com']) {
    const signIn = () =>
      expect(accounts.signIn(email, 'wrong')).rejects.toMatchObject({ code: 'bad_credentials' });
    expect(await comparisons(signIn), email).toBe(1);
  }
});

it('[EN1] servers that share the key and the records accept one another’s tokens, others do not', async () => {
  const options = { store: await openStore(), clock: createManualClock(), tokenTtlMs, passwordCost };
  const first = createLocalAccounts({ ...options, signingKey: new Uint8Array(32).fill(1) });
  const same = createLocalAccounts({ ...options, signingKey: new Uint8Array(32).fill(1) });
  const foreign = createLocalAccounts({ ...options, signingKey: new Uint8Array(32).fill(2) });
  await first.create(account);
  const { token } = await first.signIn(account.email, account.password);
  expect((await same.verify(token)).identity.email).toBe(account.email);
  await expect(foreign.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });
  await same.revoke((await first.verify(token)).identity.uid);
  await expect(first.verify(token)).rejects.toMatchObject({ code: 'not_authenticated' });
});

it('[EN4] the store holds no password, only what it hashes to', async () => {
  const store = await openStore();
  const options = { store, clock: createManualClock(), signingKey: new Uint8Array(32), tokenTtlMs };
  const { uid } = await createLocalAccounts({ ...options, passwordCost }).create(account);
  const { items } = await store.list('localAccounts', {
    where: [{ field: 'userId', operator: '==', value: uid }],
    orderBy: 'id',
    direction: 'ascending',
    limit: 2,
  });
  expect(items).toHaveLength(1);
  expect(JSON.stringify(items)).not.toContain(account.password);
  expect(JSON.stringify(items)).not.toContain(account.email);
});

it('[EN8] who revokes while a token is given out ends that one, too', async () => {
  const store = await openStore();
  const options = { clock: createManualClock(), tokenTtlMs, passwordCost, signingKey: new Uint8Array(32) };
  const accounts = createLocalAccounts({ ...options, store });
  const { uid } = await accounts.create(account);
  const { token } = await accounts.signIn(account.email, account.password);
  /** A server whose next look at anything but the password is followed by a revocation. */
  const racing = () => {
    let revoked = false;
    const get: typeof store.get = async (collection, id) => {
      const record = await store.get(collection, id);
      if (!revoked && collection !== 'localAccounts') {
        revoked = true;
        await accounts.revoke(uid);
      }
      return record;
    };
    return createLocalAccounts({
      ...options,
      store: Object.assign(Object.create(store) as typeof store, { get }),
    });
  };
  const given = [() => racing().refresh(token), () => racing().signIn(account.email, account.password)];
  for (const give of given) {
    const stillGood = give().then((issued) => accounts.verify(issued.token));
    await expect(stillGood).rejects.toMatchObject({ code: 'not_authenticated' });
  }
});
